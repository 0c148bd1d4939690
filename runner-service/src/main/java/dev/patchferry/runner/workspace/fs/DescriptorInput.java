package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What a descriptor reads, which is closed with this; for one thread. */
final class DescriptorInput extends InputStream {
    private final ReadBuffer buffer = new ReadBuffer();
    private final int descriptor;
    private final String path;
    private boolean closed;

    /**
     * Takes a descriptor over.
     *
     * @param path how errors name it
     */
    DescriptorInput(int descriptor, String path) {
        this.descriptor = descriptor;
        this.path = path;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        if (closed) {
            throw new IOException(path + " is closed");
        }
        if (length == 0) {
            return 0;
        }
        int count = buffer.fill(descriptor, length, path);
        if (count == 0) {
            return -1;
        }
        buffer.copyTo(bytes, from, count);
        return count;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            buffer.close();
            Descriptors.close(descriptor);
        }
    }
}
