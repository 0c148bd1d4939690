package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory outside of the heap into which read(2) reads; for one thread. */
final class ReadBuffer implements AutoCloseable {
    private static final int SIZE = 64 * 1024;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(SIZE);

    /**
     * Reads once.
     *
     * @return how many bytes came, 0 at the end
     */
    int fill(int descriptor, int most, String path) throws IOException {
        return Descriptors.read(descriptor, memory.asSlice(0, Math.min(most, SIZE)), path);
    }

    void copyTo(byte[] bytes, int from, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, bytes, from, count);
    }

    @Override
    public void close() {
        arena.close();
    }
}
