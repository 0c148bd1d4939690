package dev.patchferry.runner.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a seccomp program as the kernel would, as far as such programs go here. */
final class SeccompInterpreter {
    static final int ALLOW = 0x7fff_0000;
    private static final int ERRNO = 0x0005_0000;
    private static final int INSTRUCTION = 8;
    /** {@code BPF_MAXINSNS}. */
    private static final int MAX_INSTRUCTIONS = 4096;

    private final ByteBuffer program;

    SeccompInterpreter(byte[] program) {
        if (program.length % INSTRUCTION != 0 || program.length / INSTRUCTION > MAX_INSTRUCTIONS) {
            throw new IllegalArgumentException("no program: " + program.length + " bytes");
        }
        this.program = ByteBuffer.wrap(program).order(ByteOrder.nativeOrder());
    }

    static int errno(int errno) {
        return ERRNO | errno;
    }

    /** What becomes of a call. */
    int answer(int number, int machine, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        data.putInt(number).putInt(machine).putLong(0x7f00_0000_0000L);
        for (long argument : arguments) {
            data.putLong(argument);
        }
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int place = at * INSTRUCTION;
            int ifTrue = program.get(place + 2) & 0xff;
            int ifFalse = program.get(place + 3) & 0xff;
            int value = program.getInt(place + 4);
            switch (program.getShort(place)) {
                case 0x20 -> accumulator = data.getInt(value);
                case 0x15 -> at += accumulator == value ? ifTrue : ifFalse;
                case 0x25 -> at += Integer.compareUnsigned(accumulator, value) > 0 ? ifTrue : ifFalse;
                case 0x45 -> at += (accumulator & value) != 0 ? ifTrue : ifFalse;
                case 0x06 -> {
                    return value;
                }
                default -> throw new IllegalStateException("instruction " + at + " is not known");
            }
        }
    }
}
