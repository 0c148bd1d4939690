package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A seccomp program that refuses new user namespaces, for commands that bubblewrap cannot give a user namespace of their
 * own, in which it would forbid further ones. {@code clone3} is answered with "not implemented", since a filter cannot
 * look at its arguments; every C library then uses {@code clone}. Container engines do the same.
 *
 * @see <a href="https://docs.kernel.org/userspace-api/seccomp_filter.html">Seccomp BPF</a>
 */
final class NamespaceFilter {
    private static final int CLONE_NEWUSER = 0x1000_0000;
    private static final int CLONE3 = 435;
    /** Marks the calls of the x32 interface, which otherwise have the numbers of the 64-bit one. */
    private static final int WITHOUT_X32 = ~0x4000_0000;

    private static final int ALLOW = 0x7fff_0000;
    private static final int FAIL = 0x0005_0000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /** Where {@code struct seccomp_data} has the number of the call, the interface, and the first argument's lower half. */
    private static final int NUMBER = 0;

    private static final int INTERFACE = 4;
    private static final int FIRST_ARGUMENT = 16;

    private static final int LOAD = 0x20;
    private static final int AND = 0x54;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_SET = 0x45;
    private static final int RETURN = 0x06;
    /** Instructions for one interface after the test whether it is meant. */
    private static final int FOR_ONE = 10;

    private static final Map<String, List<Interface>> BY_MACHINE = Map.of(
            "amd64", List.of(new Interface(0xC000_003E, 56, 272), new Interface(0x4000_0003, 120, 310)),
            "aarch64", List.of(new Interface(0xC000_00B7, 220, 97), new Interface(0x4000_0028, 120, 337)));

    /**
     * A way of making system calls that processors of a kind offer.
     *
     * @param number as in {@code linux/audit.h}
     */
    private record Interface(int number, int cloning, int unsharing) {}

    private NamespaceFilter() {}

    /** Writes it into a folder; empty on a kind of machine whose calls are not known here. */
    static Optional<Path> in(Path folder) throws IOException {
        List<Interface> interfaces = BY_MACHINE.getOrDefault(System.getProperty("os.arch"), List.of());
        return interfaces.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.write(folder.resolve("namespace-filter"), program(interfaces)));
    }

    private static byte[] program(List<Interface> interfaces) {
        List<Instruction> program = new ArrayList<>();
        for (Interface each : interfaces) {
            program.addAll(List.of(
                    new Instruction(LOAD, 0, 0, INTERFACE),
                    new Instruction(JUMP_IF_EQUAL, 0, FOR_ONE, each.number()),
                    new Instruction(LOAD, 0, 0, NUMBER),
                    new Instruction(AND, 0, 0, WITHOUT_X32),
                    new Instruction(JUMP_IF_EQUAL, 5, 0, CLONE3),
                    new Instruction(JUMP_IF_EQUAL, 1, 0, each.cloning()),
                    new Instruction(JUMP_IF_EQUAL, 0, 4, each.unsharing()),
                    new Instruction(LOAD, 0, 0, FIRST_ARGUMENT),
                    new Instruction(JUMP_IF_SET, 0, 2, CLONE_NEWUSER),
                    new Instruction(RETURN, 0, 0, FAIL | EPERM),
                    new Instruction(RETURN, 0, 0, FAIL | ENOSYS),
                    new Instruction(RETURN, 0, 0, ALLOW)));
        }
        program.add(new Instruction(RETURN, 0, 0, FAIL | ENOSYS));
        ByteBuffer bytes =
                ByteBuffer.allocate(program.size() * Instruction.BYTES).order(ByteOrder.nativeOrder());
        program.forEach(instruction -> instruction.writeTo(bytes));
        return bytes.array();
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
