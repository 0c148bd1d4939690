package dev.patchferry.runner.sandbox;

import static dev.patchferry.runner.sandbox.SeccompInterpreter.ALLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.sandbox.SystemCall.Machine;
import dev.patchferry.runner.sandbox.SystemCallFilter.SystemV;
import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program, run by an interpreter: also for the machine that this is not. */
class SystemCallFilterTest {
    private static final int EPERM = SeccompInterpreter.errno(1);
    private static final int ENOSYS = SeccompInterpreter.errno(38);
    private static final int EAFNOSUPPORT = SeccompInterpreter.errno(97);
    private static final int HIGHEST = 600;
    private static final Pattern DEFINITION = Pattern.compile("#define __NR_(\\w+)\\s+(\\d+)\\b.*");
    private static final Map<Machine, List<Path>> HEADERS = Map.of(
            Machine.X86_64,
            List.of(
                    Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
                    Path.of("/usr/x86_64-linux-gnu/include/asm/unistd_64.h"),
                    Path.of("/usr/include/asm/unistd_64.h")),
            Machine.ARM64,
            List.of(Path.of("/usr/include/asm-generic/unistd.h")));
    /** Younger than the headers of many machines. */
    private static final Set<String> YOUNG = Set.of("open_tree_attr");

    private static SeccompInterpreter filter(Machine machine, boolean debuggers) {
        return new SeccompInterpreter(SystemCallFilter.program(machine, debuggers, SystemV.COUNTED));
    }

    private static int number(SystemCall call, Machine machine) {
        return call.on(machine).orElseThrow();
    }

    /** By the machine's own list: what is refused whatever its arguments is this, and nothing else. */
    @ParameterizedTest
    @EnumSource
    void Y1_exactlyTheNamedCallsAreRefused(Machine machine) throws IOException {
        Map<String, Integer> numbers = numbers(machine);
        SeccompInterpreter filter = filter(machine, true);

        Map<Integer, Set<String>> byAnswer = numbers.entrySet().stream()
                .collect(Collectors.groupingBy(
                        call -> filter.answer(call.getValue(), machine.interfaceNumber(), 1, 2, 3, 4, 5, 6),
                        Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));

        Set<String> refused = new TreeSet<>(Set.of(
                "keyctl",
                "add_key",
                "request_key",
                "userfaultfd",
                "bpf",
                "perf_event_open",
                "kexec_load",
                "kexec_file_load",
                "mount",
                "umount2",
                "pivot_root",
                "fsopen",
                "fsconfig",
                "fsmount",
                "fspick",
                "move_mount",
                "open_tree",
                "mount_setattr",
                "setns",
                "open_by_handle_at",
                "init_module",
                "finit_module",
                "delete_module",
                "reboot",
                "swapon",
                "swapoff",
                "acct",
                "quotactl",
                "quotactl_fd",
                "nfsservctl",
                "lookup_dcookie",
                "syslog"));
        if (machine == Machine.X86_64) {
            refused.addAll(Set.of("iopl", "ioperm"));
        }
        assertThat(byAnswer.keySet()).containsExactlyInAnyOrder(ALLOW, EPERM, ENOSYS);
        assertThat(byAnswer.get(EPERM))
                .filteredOn(name -> !YOUNG.contains(name))
                .containsExactlyInAnyOrderElementsOf(refused);
        assertThat(byAnswer.get(ENOSYS))
                .containsExactlyInAnyOrder("clone3", "io_uring_setup", "io_uring_enter", "io_uring_register");
        assertThat(byAnswer.get(ALLOW))
                .hasSizeGreaterThan(250)
                .contains("ptrace", "process_vm_readv", "execve", "clone");
    }

    @ParameterizedTest
    @EnumSource
    void Y1_withoutDebuggersFiveMoreAreRefused(Machine machine) {
        SeccompInterpreter with = filter(machine, true);
        SeccompInterpreter without = filter(machine, false);

        List<Integer> more = IntStream.range(0, HIGHEST)
                .filter(number -> with.answer(number, machine.interfaceNumber(), 1)
                        != without.answer(number, machine.interfaceNumber(), 1))
                .peek(number -> assertThat(without.answer(number, machine.interfaceNumber(), 1))
                        .isEqualTo(EPERM))
                .boxed()
                .toList();

        assertThat(more)
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                SystemCall.PTRACE,
                                SystemCall.PROCESS_VM_READV,
                                SystemCall.PROCESS_VM_WRITEV,
                                SystemCall.PIDFD_GETFD,
                                SystemCall.KCMP)
                        .map(call -> number(call, machine))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void Y1_namespacesAreRefusedInTheirArgumentsAlone(Machine machine) {
        SeccompInterpreter filter = filter(machine, true);
        int clone = number(SystemCall.CLONE, machine);
        int unshare = number(SystemCall.UNSHARE, machine);
        for (long flag :
                new long[] {0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000}) {
            assertThat(filter.answer(clone, machine.interfaceNumber(), flag | 17))
                    .isEqualTo(EPERM);
            assertThat(filter.answer(unshare, machine.interfaceNumber(), flag)).isEqualTo(EPERM);
            assertThat(filter.answer(unshare, machine.interfaceNumber(), flag | 0x400))
                    .isEqualTo(EPERM);
        }

        assertThat(filter.answer(unshare, machine.interfaceNumber(), 0x80)).isEqualTo(EPERM);
        assertThat(filter.answer(unshare, machine.interfaceNumber(), 0x400 | 0x200))
                .isEqualTo(ALLOW);
        // A process, one of posix_spawn's, and a thread, as the C library makes them.
        for (long flags : new long[] {0x120_0011, 0x4111, 0x3d_0f00}) {
            assertThat(filter.answer(clone, machine.interfaceNumber(), flags)).isEqualTo(ALLOW);
        }
    }

    @ParameterizedTest
    @EnumSource
    void Y1_socketsAreLocalOrOfTheInternet(Machine machine) {
        SeccompInterpreter filter = filter(machine, true);
        for (SystemCall call : List.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
            Map<Integer, List<Integer>> byAnswer = IntStream.range(0, 64)
                    .boxed()
                    .collect(Collectors.groupingBy(
                            family -> filter.answer(number(call, machine), machine.interfaceNumber(), family, 1)));

            assertThat(byAnswer.get(ALLOW)).containsExactly(1, 2, 10, 16);
            assertThat(byAnswer.get(EPERM)).containsExactly(17, 40);
            assertThat(byAnswer.get(EAFNOSUPPORT)).hasSize(64 - 6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void Y10_whereNothingCountsSystemVsMemoryItIsBounded(Machine machine) {
        SeccompInterpreter bounded = new SeccompInterpreter(SystemCallFilter.program(machine, true, SystemV.BOUNDED));
        int invalid = SeccompInterpreter.errno(22);
        int segment = number(SystemCall.SHMGET, machine);
        int semaphores = number(SystemCall.SEMGET, machine);
        for (long size : new long[] {65_537, 0x8000_0000L, 0x1_0000_0000L, 0x1_0000_0001L, -1}) {
            assertThat(bounded.answer(segment, machine.interfaceNumber(), 0, size, 0x3ff))
                    .as("a segment of %d bytes", size)
                    .isEqualTo(invalid);
        }
        assertThat(bounded.answer(segment, machine.interfaceNumber(), 0, 65_536, 0xbff))
                .as("huge pages")
                .isEqualTo(invalid);
        assertThat(bounded.answer(semaphores, machine.interfaceNumber(), 0, 33, 0))
                .isEqualTo(invalid);
        assertThat(bounded.answer(semaphores, machine.interfaceNumber(), 0, -1, 0))
                .isEqualTo(invalid);
        assertThat(bounded.answer(number(SystemCall.MSGGET, machine), machine.interfaceNumber(), 0, 0))
                .isEqualTo(SeccompInterpreter.errno(28));

        assertThat(bounded.answer(segment, machine.interfaceNumber(), 0, 65_536, 0x3ff))
                .isEqualTo(ALLOW);
        assertThat(bounded.answer(semaphores, machine.interfaceNumber(), 0, 32, 0x3ff))
                .isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @EnumSource
    void Y10_whereAControlGroupCountsSystemVsMemoryItIsNot(Machine machine) {
        SeccompInterpreter counted = filter(machine, true);

        for (SystemCall call : List.of(SystemCall.SHMGET, SystemCall.SEMGET, SystemCall.MSGGET)) {
            assertThat(counted.answer(number(call, machine), machine.interfaceNumber(), -1, -1, -1))
                    .isEqualTo(ALLOW);
        }
    }

    @Test
    void Y10_theReceiptSaysWhetherSystemVsMemoryIsBounded(@TempDir Path folder) throws IOException {
        assertThat(SystemCallFilter.in(folder, Machine.named("riscv64"), SystemV.BOUNDED)
                        .words(CommandGrants.NONE))
                .contains("system_v=not bounded");
        assertThat(SystemCallFilter.in(folder, Machine.named("aarch64"), SystemV.BOUNDED)
                        .words(CommandGrants.NONE))
                .contains("system_v=bounded (filtered)");
    }

    /** Only the lower half of an argument counts to the kernel, too. */
    @ParameterizedTest
    @EnumSource
    void Y1_theUpperHalfOfAnArgumentHidesNothing(Machine machine) {
        SeccompInterpreter filter = filter(machine, true);
        long upper = 0xffff_ffff_0000_0000L;

        assertThat(filter.answer(number(SystemCall.SOCKET, machine), machine.interfaceNumber(), upper | 17))
                .isEqualTo(EPERM);
        assertThat(filter.answer(number(SystemCall.CLONE, machine), machine.interfaceNumber(), upper | 0x1000_0000))
                .isEqualTo(EPERM);
    }

    /** AUDIT_ARCH_I386, ARM, and each other's: whatever the number, and whatever it would mean there. */
    @ParameterizedTest
    @EnumSource
    void Y1_otherInterfacesAreNotImplemented(Machine machine) {
        SeccompInterpreter filter = filter(machine, true);
        int other = machine == Machine.X86_64 ? Machine.ARM64.interfaceNumber() : Machine.X86_64.interfaceNumber();
        for (int foreign : new int[] {0x4000_0003, 0x4000_0028, 0x28, other, 0}) {
            for (int number = -1; number < HIGHEST; number++) {
                assertThat(filter.answer(number, foreign)).isEqualTo(ENOSYS);
            }
        }
    }

    @Test
    void Y1_theX32InterfaceIsNotImplemented() {
        SeccompInterpreter filter = filter(Machine.X86_64, true);
        for (int number = 0; number < HIGHEST; number++) {
            assertThat(filter.answer(0x4000_0000 | number, Machine.X86_64.interfaceNumber()))
                    .isEqualTo(ENOSYS);
        }
    }

    /** With -1 for a number, a tracer has the kernel do nothing and answers itself. */
    @ParameterizedTest
    @EnumSource
    void Y1_aCallThatATracerSkipsIsNotAnswered(Machine machine) {
        assertThat(filter(machine, true).answer(-1, machine.interfaceNumber())).isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @EnumSource
    void Y1_theNumbersAreThoseOfTheKernelsHeaders(Machine machine) throws IOException {
        Map<String, Integer> numbers = numbers(machine);
        for (SystemCall call : SystemCall.values()) {
            String name = call.name().toLowerCase(Locale.ROOT);
            if (numbers.containsKey(name) || !YOUNG.contains(name)) {
                assertThat(call.on(machine).stream().boxed())
                        .as(name)
                        .isEqualTo(Stream.ofNullable(numbers.get(name)).toList());
            }
        }
    }

    @Test
    void Y1_everySystemCallThatIsListedIsUsed() {
        byte[] filter = SystemCallFilter.program(Machine.X86_64, false, SystemV.BOUNDED);
        SeccompInterpreter interpreter = new SeccompInterpreter(filter);

        assertThat(Arrays.stream(SystemCall.values())
                        .filter(call -> interpreter.answer(
                                        number(call, Machine.X86_64), Machine.X86_64.interfaceNumber(), -1, -1)
                                == ALLOW))
                .isEmpty();
    }

    @Test
    void Y1_machinesAreKnownByJavasNames() {
        assertThat(Machine.named("amd64")).contains(Machine.X86_64);
        assertThat(Machine.named("aarch64")).contains(Machine.ARM64);
        assertThat(Machine.named("riscv64")).isEmpty();
    }

    @Test
    void Y1_withoutAProgramTheReceiptSaysSo(@TempDir Path folder) throws IOException {
        CommandGrants off = CommandGrants.NONE.withoutDebuggers();

        SystemCallFilter none = SystemCallFilter.in(folder, Machine.named("riscv64"), SystemV.COUNTED);
        SystemCallFilter some = SystemCallFilter.in(folder, Machine.named("aarch64"), SystemV.COUNTED);

        assertThat(none.file(off)).isEmpty();
        assertThat(none.words(off)).containsExactly("system_calls=not filtered", "debuggers=on");
        assertThat(some.words(off)).containsExactly("system_calls=filtered", "debuggers=off");
        assertThat(some.file(off).orElseThrow())
                .hasBinaryContent(SystemCallFilter.program(Machine.ARM64, false, SystemV.COUNTED));
        assertThat(some.file(CommandGrants.NONE).orElseThrow())
                .hasBinaryContent(SystemCallFilter.program(Machine.ARM64, true, SystemV.COUNTED));
    }

    @Test
    void aConditionalProgramEndsWithAnAnswerWithinAJump() {
        SeccompProgram longer = new SeccompProgram();
        IntStream.range(0, 256).forEach(_ -> longer.allow());

        assertThatThrownBy(() -> new SeccompProgram().ifEqual(1, new SeccompProgram().load(0)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SeccompProgram().ifEqual(1, longer)).isInstanceOf(IllegalStateException.class);
    }

    /** All calls of a kind of machine by the headers of this one. */
    private static Map<String, Integer> numbers(Machine machine) throws IOException {
        List<Path> found =
                HEADERS.get(machine).stream().filter(Files::exists).limit(1).toList();
        assumeTrue(!found.isEmpty(), "the kernel's headers are not installed (linux-libc-dev)");
        Map<String, Integer> numbers = new HashMap<>();
        for (String line : Files.readAllLines(found.getFirst())) {
            var definition = DEFINITION.matcher(line);
            if (definition.matches()) {
                numbers.put(definition.group(1), Integer.parseInt(definition.group(2)));
            }
        }
        // Marks of asm-generic that are no calls.
        numbers.keySet().removeAll(Set.of("syscalls", "arch_specific_syscall"));
        return numbers;
    }
}
