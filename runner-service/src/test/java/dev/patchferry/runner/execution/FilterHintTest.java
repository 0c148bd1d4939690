package dev.patchferry.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterHintTest {
    private static final List<String> FILTERED = List.of("step_seconds=120", "system_calls=filtered", "debuggers=on");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ptrace: Operation not permitted. | ptrace: Operation not permitted",
                "strace: ptrace(PTRACE_TRACEME, ...): Operation not permitted | ptrace(PTRACE_TRACEME, ...): Operation not permitted",
                "strace: test_ptrace_get_syscall_info: PTRACE_TRACEME: Operation not permitted | PTRACE_TRACEME: Operation not permitted",
                "==7==LeakSanitizer has encountered a fatal error. | LeakSanitizer has encountered a fatal error",
                "unshare: unshare failed: Operation not permitted | unshare failed: Operation not permitted",
                "io_uring_queue_init: Function not implemented | io_uring_queue_init",
                "io_uring_queue_init_params failed: -38 | io_uring_queue_init_params",
                "failed to set up: io_uring_setup() = -1 | io_uring_setup",
                "perf_event_open(..., 0) failed unexpectedly with error 1 | perf_event_open",
                "userfaultfd: Operation not permitted | userfaultfd",
                "clone3() failed: ENOSYS | clone3",
                "mount: /mnt: permission denied. | mount: /mnt: permission denied",
                "Failed to move to new namespace: PID namespaces supported | Failed to move to new namespace",
                "keyctl_read_alloc: keyctl failed | keyctl",
                "FATAL: could not create shared memory segment: shmget(key=1, size=99999, 03600) | shmget",
                "This may be due to a lack of SYSV IPC support. | lack of SYSV IPC support",
                "socket: Address family not supported by protocol | Address family not supported by protocol"
            })
    void Y1_aComplaintAboutARefusedCallIsNamed(String output, String complaint) {
        assertThat(FilterHint.in("before\n" + output + "\nafter\n", FILTERED))
                .hasValueSatisfying(
                        hint -> assertThat(hint).startsWith("hint: `" + complaint + "` in the output may come from"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cannot open file: Operation not permitted",
                "bash: ./run: Permission denied",
                "mounted: permission denied",
                "myio_uring_setup_test passed",
                "traceroute: unknown host"
            })
    void Y1_otherOutputIsNot(String output) {
        assertThat(FilterHint.in(output, FILTERED)).isEmpty();
    }

    @Test
    void Y1_withoutTheFilterItIsNotTheCause() {
        assertThat(FilterHint.in("io_uring_setup", List.of("system_calls=not filtered")))
                .isEmpty();
    }
}
