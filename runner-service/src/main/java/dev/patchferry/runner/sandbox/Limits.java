package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.Trees;
import java.time.Duration;
import java.util.Optional;

/**
 * What a patch may use up.
 *
 * @param step wall time of a command of the patch itself and of a validation
 * @param build wall time of a build command
 * @param patch wall time of all commands of a patch together
 * @param outputBytes output kept of all commands of a patch; the rest is counted and dropped
 * @param fileBytes the largest file a command can write
 * @param processes processes and threads at once
 * @param memoryBytes writable memory of a command's processes together
 * @param temporaryBytes what fits into the private {@code /tmp} and {@code /dev/shm}
 * @param changeBytes what a patch may write into its workspace
 * @param changeFiles how many files and folders it may touch there
 * @param homeBytes what HOME may hold, which is kept between patches
 * @param homeFiles how many files and folders it may hold
 */
public record Limits(
        Duration step,
        Duration build,
        Duration patch,
        long outputBytes,
        long fileBytes,
        int processes,
        long memoryBytes,
        long temporaryBytes,
        long changeBytes,
        int changeFiles,
        long homeBytes,
        int homeFiles) {
    private static final long MIB = 1L << 20;
    private static final int MOST_FILES = 200_000;

    /** The defaults of every workspace. */
    public static final Limits DEFAULT = new Limits(
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            64 * MIB,
            256 * MIB,
            512,
            2_048 * MIB,
            256 * MIB,
            2_048 * MIB,
            MOST_FILES,
            4_096 * MIB,
            MOST_FILES);

    /** The defaults, with no more memory than three quarters of what this machine has. */
    public static Limits ofThisMachine() {
        return DEFAULT.withMemory(MachineMemory.usable());
    }

    /** With no more memory than so many bytes. */
    Limits withMemory(long most) {
        return new Limits(
                step,
                build,
                patch,
                outputBytes,
                fileBytes,
                processes,
                Math.min(memoryBytes, most),
                temporaryBytes,
                changeBytes,
                changeFiles,
                homeBytes,
                homeFiles);
    }

    /** Whether the machine has too little memory for more. */
    public boolean isMemoryCapped() {
        return memoryBytes == MachineMemory.usable();
    }

    /** With the usual number of files and folders in HOME. */
    public Limits(
            Duration step,
            Duration build,
            Duration patch,
            long outputBytes,
            long fileBytes,
            int processes,
            long memoryBytes,
            long temporaryBytes,
            long changeBytes,
            int changeFiles,
            long homeBytes) {
        this(
                step,
                build,
                patch,
                outputBytes,
                fileBytes,
                processes,
                memoryBytes,
                temporaryBytes,
                changeBytes,
                changeFiles,
                homeBytes,
                MOST_FILES);
    }

    /** Why a change is too large, if it is. */
    public Optional<String> overChange(Trees.Size size) {
        if (size.bytes() > changeBytes) {
            return Optional.of("change_limit: the patch writes more than " + changeBytes + " bytes");
        }
        return size.entries() > changeFiles
                ? Optional.of("change_limit: the patch touches more than " + changeFiles + " files and folders")
                : Optional.empty();
    }

    /** Why a HOME is too large, if it is. */
    Optional<String> overHome(Trees.Size size) {
        if (size.bytes() > homeBytes) {
            return Optional.of("home_limit: HOME holds more than " + homeBytes + " bytes; it is dropped");
        }
        return size.entries() > homeFiles
                ? Optional.of("home_limit: HOME holds more than " + homeFiles + " files and folders; it is dropped")
                : Optional.empty();
    }
}
