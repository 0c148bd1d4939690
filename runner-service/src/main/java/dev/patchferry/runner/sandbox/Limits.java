package dev.patchferry.runner.sandbox;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.workspace.fs.Trees;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
 * @param workspace whose settings these are
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
        int homeFiles,
        WorkspaceName workspace) {
    private static final long MIB = 1L << 20;
    private static final int KIB = 1024;
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
            MOST_FILES,
            WorkspaceName.DEFAULT);

    /** The defaults, with no more memory than three quarters of what this machine has. */
    public static Limits ofThisMachine() {
        return DEFAULT.onThisMachine();
    }

    /** The same, with no more memory than three quarters of what this machine has. */
    public Limits onThisMachine() {
        return withMemory(MachineMemory.usable());
    }

    /** With no more memory than so many bytes, and no more of it in {@code /tmp} than there is. */
    Limits withMemory(long most) {
        long memory = Math.min(memoryBytes, most);
        return new Limits(
                step,
                build,
                patch,
                outputBytes,
                fileBytes,
                processes,
                memory,
                Math.min(temporaryBytes, memory),
                changeBytes,
                changeFiles,
                homeBytes,
                homeFiles,
                workspace);
    }

    /** The same for a workspace that has a file of this length, which is written anew when it is renamed or given another mode. */
    Limits forFilesOf(long largest) {
        return new Limits(
                step,
                build,
                patch,
                outputBytes,
                Math.max(fileBytes, largest + KIB),
                processes,
                memoryBytes,
                temporaryBytes,
                changeBytes,
                changeFiles,
                homeBytes,
                homeFiles,
                workspace);
    }

    /** The same, named as settings of this workspace. */
    public Limits in(WorkspaceName name) {
        return new Limits(
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
                homeFiles,
                name);
    }

    /** The longest that a document may ask for each of its commands: what the owner allows any command to take. */
    public Duration longestCommand() {
        return longest() == Limit.BUILD ? build : step;
    }

    /** Which limit that is. */
    public Limit longest() {
        return step.compareTo(build) < 0 ? Limit.BUILD : Limit.STEP;
    }

    /** For whoever writes a patch: every limit by its name and unit. */
    public SortedMap<String, Long> values() {
        SortedMap<String, Long> values = new TreeMap<>();
        values.put("step_seconds", step.toSeconds());
        values.put("build_seconds", build.toSeconds());
        values.put("patch_seconds", patch.toSeconds());
        values.put("timeout_s", longestCommand().toSeconds());
        values.put("memory_bytes", memoryBytes);
        values.put("processes", (long) processes);
        values.put("file_bytes", fileBytes);
        values.put("change_bytes", changeBytes);
        values.put("change_files", (long) changeFiles);
        values.put("output_bytes", outputBytes);
        values.put("home_bytes", homeBytes);
        values.put("temporary_bytes", temporaryBytes);
        return values;
    }

    /** For a reason: which setting a limit is, and its value. */
    public String inForce(Limit limit) {
        String value = switch (limit) {
            case STEP -> seconds(step);
            case BUILD -> seconds(build);
            case PATCH -> seconds(patch) + " for all commands of a patch";
            case MEMORY -> size(memoryBytes) + (isMemoryCapped() ? ", as much as this machine allows" : "");
            case PROCESSES -> String.valueOf(processes);
            case FILE -> size(fileBytes);
            case CHANGE -> size(changeBytes);
            case CHANGE_FILES -> String.valueOf(changeFiles);
            case OUTPUT -> size(outputBytes);
            case HOME -> size(homeBytes);
            case TMP -> size(temporaryBytes) + " for /tmp and as much for /dev/shm";
        };
        return "`" + limit.setting(workspace) + "` is " + value;
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    private static String size(long bytes) {
        String[] units = {" bytes", " KiB", " MiB", " GiB"};
        int unit = 0;
        long count = bytes;
        while (unit < units.length - 1 && count != 0 && count % KIB == 0) {
            count /= KIB;
            unit++;
        }
        return count + units[unit];
    }

    /** Whether the machine has too little memory for more. */
    public boolean isMemoryCapped() {
        return memoryBytes == MachineMemory.usable();
    }

    /** With the usual number of files and folders in HOME, in the workspace {@code default}. */
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
                MOST_FILES,
                WorkspaceName.DEFAULT);
    }

    /** Why a change is too large, if it is. */
    public Optional<String> overChange(Trees.Size size) {
        if (size.bytes() > changeBytes) {
            return Optional.of(
                    "change_limit: the patch writes more than " + changeBytes + " bytes; " + inForce(Limit.CHANGE));
        }
        return size.entries() > changeFiles
                ? Optional.of("change_limit: the patch touches more than " + changeFiles + " files and folders; "
                        + inForce(Limit.CHANGE_FILES))
                : Optional.empty();
    }

    /** Why a HOME is too large, if it is. */
    Optional<String> overHome(Trees.Size size) {
        if (size.bytes() > homeBytes) {
            return Optional.of(
                    "home_limit: HOME holds more than " + homeBytes + " bytes and is dropped; " + inForce(Limit.HOME));
        }
        return size.entries() > homeFiles
                ? Optional.of("home_limit: HOME holds more than " + homeFiles + " files and folders; it is dropped")
                : Optional.empty();
    }
}
