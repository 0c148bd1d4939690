package dev.patchferry.runner.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a patch may use up.
 *
 * @param step wall time of a command of the patch itself and of a validation
 * @param build wall time of a build command
 * @param patch wall time of all commands of a patch together
 * @param outputBytes output kept of one command; the rest is counted and dropped
 * @param fileBytes the largest file a command can write
 * @param processes processes and threads at once; not enforced for root
 * @param dataBytes writable memory of one process
 * @param temporaryBytes what fits into the private {@code /tmp} and {@code /dev/shm}
 */
public record Limits(
        Duration step,
        Duration build,
        Duration patch,
        long outputBytes,
        long fileBytes,
        int processes,
        long dataBytes,
        long temporaryBytes) {
    private static final long MIB = 1L << 20;

    /** The defaults of every workspace. */
    public static final Limits DEFAULT = new Limits(
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            64 * MIB,
            256 * MIB,
            512,
            2_048 * MIB,
            256 * MIB);

    /** For a receipt: those that were in force for this user. */
    List<String> inForce(boolean sandboxed, boolean root) {
        List<String> always = List.of(
                "step_seconds=" + step.toSeconds(),
                "build_seconds=" + build.toSeconds(),
                "patch_seconds=" + patch.toSeconds(),
                "output_bytes=" + outputBytes,
                "file_bytes=" + fileBytes,
                "process_data_bytes=" + dataBytes);
        return Stream.of(
                        always,
                        sandboxed && !root ? List.of("processes=" + processes) : List.<String>of(),
                        sandboxed ? List.of("temporary_bytes=" + temporaryBytes) : List.<String>of())
                .flatMap(List::stream)
                .toList();
    }
}
