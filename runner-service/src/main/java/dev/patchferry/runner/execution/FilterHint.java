package dev.patchferry.runner.execution;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises, in what a failed step wrote, the complaint of a program whose system call the sandbox may have refused. */
final class FilterHint {
    /** Of a receipt's limits: the filter was in force. */
    private static final String FILTERED = "system_calls=filtered";

    /** What gdb, strace, LeakSanitizer, unshare(1), mount(8), Chromium, perf and the C library's callers write. */
    private static final Pattern COMPLAINT = Pattern.compile("(?i)"
            + "ptrace(?:\\([^)\\n]*\\))?: (?:operation not permitted|eperm)"
            + "|\\bptrace_\\w+[^\\n]{0,80}: operation not permitted"
            + "|leaksanitizer has encountered a fatal error"
            + "|unshare failed: operation not permitted"
            + "|failed to move to new namespace"
            + "|mount: [^\\n]{0,200}(?:permission denied|must be superuser)"
            + "|no permissions to create (?:a )?new namespace"
            + "|address family not supported by protocol"
            + "|perf_event_paranoid"
            + "|lack of sysv ipc support"
            + "|\\b(?:io_uring_(?:queue_init\\w*|setup|enter|register)|perf_event_open|userfaultfd|clone3|keyctl|add_key"
            + "|request_key|process_vm_readv|process_vm_writev|pidfd_getfd|setns|pivot_root|open_by_handle_at"
            + "|kexec_load|init_module|shmget|semget|msgget)\\b");

    private FilterHint() {}

    /**
     * A note for the receipt.
     *
     * @param output the end of what the steps wrote
     * @param limits those of the receipt
     */
    static Optional<String> in(String output, List<String> limits) {
        return limits.contains(FILTERED)
                ? COMPLAINT.matcher(output).results().findFirst().map(complaint -> hint(complaint.group()))
                : Optional.empty();
    }

    private static String hint(String complaint) {
        return "hint: `" + complaint
                + "` in the output may come from the sandbox's system call filter, which refuses mounts,"
                + " namespaces, kernel keyrings, io_uring, bpf, perf_event_open, userfaultfd and sockets other than Unix, IP"
                + " and netlink, and with `debuggers=off` in enforced.limits also ptrace, with `system_v=bounded` also"
                + " System V message queues, segments over 64 KiB and sets of more than 32 semaphores";
    }
}
