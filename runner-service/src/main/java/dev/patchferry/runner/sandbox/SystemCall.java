package dev.patchferry.runner.sandbox;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The system calls that {@link SystemCallFilter} knows, named as the kernel names them, with their numbers.
 *
 * @see <a href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/arch/x86/entry/syscalls/syscall_64.tbl">x86-64</a>
 * @see <a href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/scripts/syscall.tbl">ARM64</a>
 */
enum SystemCall {
    ACCT(163, 89),
    ADD_KEY(248, 217),
    BPF(321, 280),
    CLONE(56, 220),
    CLONE3(435, 435),
    DELETE_MODULE(176, 106),
    FINIT_MODULE(313, 273),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSOPEN(430, 430),
    FSPICK(433, 433),
    INIT_MODULE(175, 105),
    IOPERM(173),
    IOPL(172),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),
    IO_URING_SETUP(425, 425),
    KCMP(312, 272),
    KEXEC_FILE_LOAD(320, 294),
    KEXEC_LOAD(246, 104),
    KEYCTL(250, 219),
    LOOKUP_DCOOKIE(212, 18),
    MOUNT(165, 40),
    MOUNT_SETATTR(442, 442),
    MOVE_MOUNT(429, 429),
    MSGGET(68, 186),
    NFSSERVCTL(180, 42),
    OPEN_BY_HANDLE_AT(304, 265),
    OPEN_TREE(428, 428),
    OPEN_TREE_ATTR(467, 467),
    PERF_EVENT_OPEN(298, 241),
    PIDFD_GETFD(438, 438),
    PIVOT_ROOT(155, 41),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    PTRACE(101, 117),
    QUOTACTL(179, 60),
    QUOTACTL_FD(443, 443),
    REBOOT(169, 142),
    REQUEST_KEY(249, 218),
    SEMGET(64, 190),
    SETNS(308, 268),
    SHMGET(29, 194),
    SOCKET(41, 198),
    SOCKETPAIR(53, 199),
    SWAPOFF(168, 225),
    SWAPON(167, 224),
    SYSLOG(103, 116),
    UMOUNT2(166, 39),
    UNSHARE(272, 97),
    USERFAULTFD(323, 282);

    private final OptionalInt onX86;
    private final OptionalInt onArm;

    SystemCall(int onX86, int onArm) {
        this.onX86 = OptionalInt.of(onX86);
        this.onArm = OptionalInt.of(onArm);
    }

    SystemCall(int onX86) {
        this.onX86 = OptionalInt.of(onX86);
        this.onArm = OptionalInt.empty();
    }

    /** Its number there; empty where there is no such call. */
    OptionalInt on(Machine machine) {
        return switch (machine) {
            case X86_64 -> onX86;
            case ARM64 -> onArm;
        };
    }

    /** A kind of machine whose system calls are known. */
    enum Machine {
        X86_64("amd64", 0xC000_003E),
        ARM64("aarch64", 0xC000_00B7);

        private final String name;
        private final int interfaceNumber;

        Machine(String name, int interfaceNumber) {
            this.name = name;
            this.interfaceNumber = interfaceNumber;
        }

        /** This machine, if its kind is known. */
        static Optional<Machine> here() {
            return named(System.getProperty("os.arch"));
        }

        /** The kind that Java's {@code os.arch} calls this. */
        static Optional<Machine> named(String name) {
            return Arrays.stream(values())
                    .filter(machine -> machine.name.equals(name))
                    .findFirst();
        }

        /** The number of its 64-bit interface, {@code AUDIT_ARCH_…} in {@code linux/audit.h}. */
        int interfaceNumber() {
            return interfaceNumber;
        }
    }
}
