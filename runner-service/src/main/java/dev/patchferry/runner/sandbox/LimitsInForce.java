package dev.patchferry.runner.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The limits of a receipt: each that was in force, and for those that can be enforced in several ways, by what. */
record LimitsInForce(Limits limits) {
    private static final String WATCHED =
            " (RLIMIT_DATA of each process; watched over all, with shared memory and memory files)";

    /** Of commands in the sandbox. */
    List<String> sandboxed(boolean controlGroup, boolean root) {
        List<String> words = new ArrayList<>(always());
        words.add("memory_bytes=" + memory() + (controlGroup ? " (control group)" : WATCHED));
        words.add("processes=" + limits.processes()
                + (controlGroup ? " (control group)" : root ? " (watched)" : " (RLIMIT_NPROC, watched)"));
        words.add("temporary_bytes=" + limits.temporaryBytes());
        words.add("change_bytes=" + limits.changeBytes());
        words.add("change_files=" + limits.changeFiles());
        words.add("home_bytes=" + limits.homeBytes());
        words.add("home_files=" + limits.homeFiles());
        return List.copyOf(words);
    }

    /** Of commands that nothing confines. */
    List<String> alone() {
        List<String> words = new ArrayList<>(always());
        words.add("memory_bytes=" + memory() + " (RLIMIT_DATA of each process)");
        return List.copyOf(words);
    }

    private String memory() {
        return limits.memoryBytes() + (limits.isMemoryCapped() ? ", three quarters of the machine's" : "");
    }

    private List<String> always() {
        return List.of(
                "step_seconds=" + limits.step().toSeconds(),
                "build_seconds=" + limits.build().toSeconds(),
                "patch_seconds=" + limits.patch().toSeconds(),
                "output_bytes=" + limits.outputBytes(),
                "file_bytes=" + limits.fileBytes());
    }
}
