package dev.patchferry.runner.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles a BPF program as seccomp runs it for every system call: a sequence of checks of the loaded word. A check whose
 * condition holds runs a program of its own, which always ends with an answer; otherwise the next check follows. No label
 * is needed, and no jump is longer than the program it skips.
 *
 * @see <a href="https://docs.kernel.org/userspace-api/seccomp_filter.html">Seccomp BPF</a>
 */
final class SeccompProgram {
    /** Where {@code struct seccomp_data} has the number of the call. */
    static final int NUMBER = 0;
    /** Where it has the interface the call is made by. */
    static final int INTERFACE = 4;
    /** Where it has the lower half of the first argument, on machines that store the lower half first. */
    static final int FIRST_ARGUMENT = 16;
    /** The same of the second; its upper half is the word behind it. */
    static final int SECOND_ARGUMENT = 24;

    static final int THIRD_ARGUMENT = 32;
    /** From the lower to the upper half of an argument. */
    static final int UPPER_HALF = 4;

    private static final int RETURN_ALLOW = 0x7fff_0000;
    private static final int RETURN_ERRNO = 0x0005_0000;

    private static final int LOAD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_GREATER = 0x25;
    private static final int JUMP_IF_SET = 0x45;
    private static final int RETURN = 0x06;
    /** Jumps have eight bits. */
    private static final int MAX_SKIP = 255;

    private final List<Instruction> instructions = new ArrayList<>();

    /** Loads a word of {@code struct seccomp_data}, for the checks that follow. */
    SeccompProgram load(int offset) {
        return add(new Instruction(LOAD, 0, 0, offset));
    }

    /** Lets the call happen. */
    SeccompProgram allow() {
        return add(new Instruction(RETURN, 0, 0, RETURN_ALLOW));
    }

    /** Answers the call with this error, without doing anything. */
    SeccompProgram refuse(int errno) {
        return add(new Instruction(RETURN, 0, 0, RETURN_ERRNO | errno));
    }

    /** Runs this program if the loaded word has this value. */
    SeccompProgram ifEqual(int value, SeccompProgram then) {
        return add(new Instruction(JUMP_IF_EQUAL, 0, then.asSkip(), value)).append(then);
    }

    /** Runs this program unless the loaded word has this value. */
    SeccompProgram unlessEqual(int value, SeccompProgram then) {
        return add(new Instruction(JUMP_IF_EQUAL, then.asSkip(), 0, value)).append(then);
    }

    /** Runs this program if the loaded word, as an unsigned number, is greater than this value. */
    SeccompProgram ifGreater(int value, SeccompProgram then) {
        return add(new Instruction(JUMP_IF_GREATER, 0, then.asSkip(), value)).append(then);
    }

    /** Runs this program if the loaded word has any of these bits. */
    SeccompProgram ifAnyBit(int mask, SeccompProgram then) {
        return add(new Instruction(JUMP_IF_SET, 0, then.asSkip(), mask)).append(then);
    }

    /** As {@code bwrap --seccomp} and the kernel read it: an array of {@code struct sock_filter}. */
    byte[] bytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(instructions.size() * Instruction.BYTES).order(ByteOrder.nativeOrder());
        instructions.forEach(instruction -> instruction.writeTo(bytes));
        return bytes.array();
    }

    private int asSkip() {
        if (instructions.isEmpty() || instructions.getLast().code() != RETURN) {
            throw new IllegalStateException("a conditional program must end with an answer");
        }
        if (instructions.size() > MAX_SKIP) {
            throw new IllegalStateException("a conditional program has at most " + MAX_SKIP + " instructions");
        }
        return instructions.size();
    }

    private SeccompProgram append(SeccompProgram other) {
        instructions.addAll(other.instructions);
        return this;
    }

    private SeccompProgram add(Instruction instruction) {
        instructions.add(instruction);
        return this;
    }

    /**
     * One {@code struct sock_filter}.
     *
     * @param ifTrue how many instructions to skip then
     * @param ifFalse the same otherwise
     */
    private record Instruction(int code, int ifTrue, int ifFalse, int value) {
        static final int BYTES = 8;

        void writeTo(ByteBuffer program) {
            program.putShort((short) code)
                    .put((byte) ifTrue)
                    .put((byte) ifFalse)
                    .putInt(value);
        }
    }
}
