package dev.patchferry.runner.sandbox;

import static dev.patchferry.runner.sandbox.SeccompProgram.FIRST_ARGUMENT;
import static dev.patchferry.runner.sandbox.SeccompProgram.INTERFACE;
import static dev.patchferry.runner.sandbox.SeccompProgram.NUMBER;
import static dev.patchferry.runner.sandbox.SeccompProgram.SECOND_ARGUMENT;
import static dev.patchferry.runner.sandbox.SeccompProgram.THIRD_ARGUMENT;
import static dev.patchferry.runner.sandbox.SeccompProgram.UPPER_HALF;

import dev.patchferry.runner.sandbox.SystemCall.Machine;
import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which system calls a command may make: a second line behind its namespaces and missing capabilities, which refuses the
 * parts of the kernel that no build needs and attacks begin with.
 *
 * <p>A refused call fails with EPERM, and is never a reason to end the process; System V's calls fail as they do at the
 * kernel's own bounds. Three kinds fail as if the kernel had never
 * heard of them (ENOSYS), because their callers then take an older way: {@code clone3}, whose arguments a filter cannot
 * read (C libraries go on to {@code clone}); {@code io_uring_*} (libuv, liburing's users and databases fall back to epoll
 * and threads; some of them take EPERM for an error); and all calls by a 32-bit interface, whose other numbers would make
 * a filter of their own necessary.
 *
 * <p>The filter is a list of comparisons. Its length costs little: for calls that are allowed whatever their arguments, the
 * kernel keeps the answer in a bitmap (Linux 5.11).
 */
final class SystemCallFilter {
    private static final int EPERM = 1;
    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    private static final Set<SystemCall> REFUSED = EnumSet.of(
            // Keys, which are shared by all processes of a user.
            SystemCall.KEYCTL,
            SystemCall.ADD_KEY,
            SystemCall.REQUEST_KEY,
            // Parts of the kernel with a long record of holes.
            SystemCall.USERFAULTFD,
            SystemCall.BPF,
            SystemCall.PERF_EVENT_OPEN,
            // Mounts and namespaces.
            SystemCall.MOUNT,
            SystemCall.UMOUNT2,
            SystemCall.PIVOT_ROOT,
            SystemCall.OPEN_TREE,
            SystemCall.OPEN_TREE_ATTR,
            SystemCall.MOVE_MOUNT,
            SystemCall.FSOPEN,
            SystemCall.FSCONFIG,
            SystemCall.FSMOUNT,
            SystemCall.FSPICK,
            SystemCall.MOUNT_SETATTR,
            SystemCall.SETNS,
            SystemCall.OPEN_BY_HANDLE_AT,
            // The machine as a whole.
            SystemCall.KEXEC_LOAD,
            SystemCall.KEXEC_FILE_LOAD,
            SystemCall.INIT_MODULE,
            SystemCall.FINIT_MODULE,
            SystemCall.DELETE_MODULE,
            SystemCall.REBOOT,
            SystemCall.SWAPON,
            SystemCall.SWAPOFF,
            SystemCall.ACCT,
            SystemCall.QUOTACTL,
            SystemCall.QUOTACTL_FD,
            SystemCall.NFSSERVCTL,
            SystemCall.LOOKUP_DCOOKIE,
            SystemCall.SYSLOG,
            SystemCall.IOPL,
            SystemCall.IOPERM);

    private static final Set<SystemCall> NOT_IMPLEMENTED = EnumSet.of(
            SystemCall.CLONE3, SystemCall.IO_URING_SETUP, SystemCall.IO_URING_ENTER, SystemCall.IO_URING_REGISTER);

    /** Reading, changing and taking over other processes. */
    private static final Set<SystemCall> DEBUGGING = EnumSet.of(
            SystemCall.PTRACE,
            SystemCall.PROCESS_VM_READV,
            SystemCall.PROCESS_VM_WRITEV,
            SystemCall.PIDFD_GETFD,
            SystemCall.KCMP);

    /** {@code CLONE_NEWNS}, {@code NEWCGROUP}, {@code NEWUTS}, {@code NEWIPC}, {@code NEWUSER}, {@code NEWPID}, {@code NEWNET}. */
    private static final int NEW_NAMESPACES = 0x7E02_0000;
    /** {@code CLONE_NEWTIME}, which means a signal to {@code clone}. */
    private static final int NEW_TIME_NAMESPACE = 0x80;

    /** {@code AF_UNIX}, {@code AF_INET}, {@code AF_INET6} and {@code AF_NETLINK}, as in the container's profile. */
    private static final List<Integer> SOCKET_FAMILIES = List.of(1, 2, 10, 16);
    /** {@code AF_PACKET} and {@code AF_VSOCK}: other families count as not built in, which is what programs expect of them. */
    private static final List<Integer> REFUSED_FAMILIES = List.of(17, 40);

    /**
     * The largest segment of System V where no control group counts them. A namespace has 4,096 at most
     * ({@code kernel.shmmni}), and so 256 MiB.
     */
    private static final int MAX_SEGMENT_BYTES = 65_536;
    /** {@code SHM_HUGETLB}: however small the segment, it takes a page of 2 MiB or 1 GiB. */
    private static final int HUGE_PAGES = 0x800;
    /** The largest set of semaphores then; a namespace has 32,000 sets at most ({@code kernel.sem}). */
    private static final int MAX_SEMAPHORES = 32;

    /** Marks calls of the x32 interface, which has the number of the 64-bit one. */
    private static final int X32 = 0x4000_0000;
    /** What a tracer makes of the number of a call that shall not happen. */
    private static final int SKIPPED = -1;

    private final Map<Boolean, Path> byDebuggers;
    private final SystemV systemV;

    private SystemCallFilter(Map<Boolean, Path> byDebuggers, SystemV systemV) {
        this.byDebuggers = Map.copyOf(byDebuggers);
        this.systemV = systemV;
    }

    /**
     * What commands get of System V's segments, semaphores and queues, whose memory belongs to no process: as much as the
     * kernel gives, where a control group counts it; else little enough to need no counting.
     */
    enum SystemV {
        COUNTED,
        BOUNDED
    }

    /** Writes its programs into a folder; on a machine whose calls are not known there are none. */
    static SystemCallFilter in(Path folder, SystemV systemV) throws IOException {
        return in(folder, Machine.here(), systemV);
    }

    /** The same for another machine. */
    static SystemCallFilter in(Path folder, Optional<Machine> machine, SystemV systemV) throws IOException {
        Map<Boolean, Path> files = new HashMap<>();
        if (machine.isPresent()) {
            for (boolean debuggers : List.of(true, false)) {
                Path file = folder.resolve(debuggers ? "system-calls" : "system-calls-without-debuggers");
                files.put(debuggers, Files.write(file, program(machine.get(), debuggers, systemV)));
            }
        }
        return new SystemCallFilter(files, systemV);
    }

    /** The program for commands with these surroundings, as {@code bwrap --seccomp} reads it. */
    Optional<Path> file(CommandGrants commandGrants) {
        return Optional.ofNullable(byDebuggers.get(commandGrants.debuggers()));
    }

    /** For a receipt: what is in force. */
    List<String> words(CommandGrants commandGrants) {
        boolean filtered = !byDebuggers.isEmpty();
        List<String> words = new ArrayList<>();
        words.add(filtered ? "system_calls=filtered" : "system_calls=not filtered");
        words.add(filtered && !commandGrants.debuggers() ? "debuggers=off" : "debuggers=on");
        if (systemV == SystemV.BOUNDED) {
            words.add(filtered ? "system_v=bounded (filtered)" : "system_v=not bounded");
        }
        return words;
    }

    /**
     * The program.
     *
     * @param debuggers whether processes of a command may trace one another
     * @param systemV what it gets of System V's memory
     */
    static byte[] program(Machine machine, boolean debuggers, SystemV systemV) {
        SeccompProgram program = new SeccompProgram()
                .load(INTERFACE)
                .unlessEqual(machine.interfaceNumber(), refusal(ENOSYS))
                .load(NUMBER)
                .ifEqual(SKIPPED, allowance());
        if (machine == Machine.X86_64) {
            program.ifAnyBit(X32, refusal(ENOSYS));
        }
        REFUSED.forEach(call -> on(machine, call, program, refusal(EPERM)));
        NOT_IMPLEMENTED.forEach(call -> on(machine, call, program, refusal(ENOSYS)));
        if (!debuggers) {
            DEBUGGING.forEach(call -> on(machine, call, program, refusal(EPERM)));
        }
        if (systemV == SystemV.BOUNDED) {
            on(machine, SystemCall.SHMGET, program, ofSmallSegments());
            on(machine, SystemCall.SEMGET, program, ofFewSemaphores());
            on(machine, SystemCall.MSGGET, program, refusal(ENOSPC));
        }
        on(machine, SystemCall.CLONE, program, withoutFlags(NEW_NAMESPACES));
        on(machine, SystemCall.UNSHARE, program, withoutFlags(NEW_NAMESPACES | NEW_TIME_NAMESPACE));
        on(machine, SystemCall.SOCKET, program, ofKnownFamilies());
        on(machine, SystemCall.SOCKETPAIR, program, ofKnownFamilies());
        return program.allow().bytes();
    }

    private static void on(Machine machine, SystemCall call, SeccompProgram program, SeccompProgram then) {
        call.on(machine).ifPresent(number -> program.ifEqual(number, then));
    }

    private static SeccompProgram withoutFlags(int flags) {
        return new SeccompProgram()
                .load(FIRST_ARGUMENT)
                .ifAnyBit(flags, refusal(EPERM))
                .allow();
    }

    /** The size has 64 bits. */
    private static SeccompProgram ofSmallSegments() {
        return new SeccompProgram()
                .load(SECOND_ARGUMENT + UPPER_HALF)
                .unlessEqual(0, refusal(EINVAL))
                .load(SECOND_ARGUMENT)
                .ifGreater(MAX_SEGMENT_BYTES, refusal(EINVAL))
                .load(THIRD_ARGUMENT)
                .ifAnyBit(HUGE_PAGES, refusal(EINVAL))
                .allow();
    }

    private static SeccompProgram ofFewSemaphores() {
        return new SeccompProgram()
                .load(SECOND_ARGUMENT)
                .ifGreater(MAX_SEMAPHORES, refusal(EINVAL))
                .allow();
    }

    private static SeccompProgram ofKnownFamilies() {
        SeccompProgram program = new SeccompProgram().load(FIRST_ARGUMENT);
        SOCKET_FAMILIES.forEach(family -> program.ifEqual(family, allowance()));
        REFUSED_FAMILIES.forEach(family -> program.ifEqual(family, refusal(EPERM)));
        return program.refuse(EAFNOSUPPORT);
    }

    private static SeccompProgram refusal(int errno) {
        return new SeccompProgram().refuse(errno);
    }

    private static SeccompProgram allowance() {
        return new SeccompProgram().allow();
    }
}
