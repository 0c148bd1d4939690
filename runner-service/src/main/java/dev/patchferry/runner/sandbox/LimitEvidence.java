package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which limit a command ran into: by what the kernel counted and by what is left, and where that says nothing, by
 * what the command complained about. A complaint alone names no limit if the kernel's counts speak against it.
 *
 * @param sandbox what the command ran in
 * @param layers what takes its files
 */
record LimitEvidence(Limits limits, PreparedSandbox sandbox, List<Path> layers) {
    /** 128 + XFSZ: the kernel sends it to who writes beyond the largest file. */
    private static final int FILE_TOO_LARGE = 153;

    private static final long SCARCE = 16L << 20;

    /** The result, with the limit in its hint or, where the kernel ended the command for it, as its end. */
    CommandResult explain(CommandResult result, String output) throws IOException {
        if (!(result instanceof CommandResult.Ran(Exit exit, int left, long dropped, Optional<String> _))
                || !(exit instanceof Exit.Ended(int code))) {
            return result;
        }
        boolean failed = code != 0;
        if (ranOutOfMemory()) {
            return failed
                    ? new CommandResult.Ran(
                            new Exit.OverLimit(ResourceWatch.memory(limits)), left, dropped, Optional.empty())
                    : new CommandResult.Ran(exit, left, dropped, Optional.of(ranInto(Limit.MEMORY)));
        }
        if (ranOutOfProcesses()) {
            return new CommandResult.Ran(exit, left, dropped, Optional.of(ranInto(Limit.PROCESSES)));
        }
        return failed ? new CommandResult.Ran(exit, left, dropped, complaint(code, output)) : result;
    }

    private Optional<String> complaint(int code, String output) throws IOException {
        if (code == FILE_TOO_LARGE) {
            return Optional.of(ranInto(Limit.FILE));
        }
        for (LimitComplaint complaint : LimitComplaint.in(output)) {
            if (isBorneOut(complaint)) {
                return Optional.of(ranInto(complaint.limit()));
            }
        }
        return LimitComplaint.ofAnotherLimit(output);
    }

    private String ranInto(Limit limit) {
        return "ran into a limit: " + limits.inForce(limit);
    }

    private boolean isBorneOut(LimitComplaint complaint) throws IOException {
        Optional<ControlGroup> group = sandbox.group();
        return switch (complaint.limit()) {
            // A control group has told already.
            case MEMORY, PROCESSES -> group.isEmpty();
            case TMP -> sandbox.run().isTemporaryFull() || (complaint.isCertain() && mayHaveBeenFull(group));
            case FILE -> complaint.isCertain() || written() >= limits.fileBytes();
            default -> false;
        };
    }

    /** Of a folder in memory that was emptied since: what was in it was memory. If the disk has no room, it is that. */
    private boolean mayHaveBeenFull(Optional<ControlGroup> group) throws IOException {
        return layers.getFirst().toFile().getUsableSpace() > SCARCE
                && (group.isEmpty() || group.get().peakMemory() >= limits.temporaryBytes());
    }

    /** How much lies in the layers; counted to a little over the largest file. */
    private long written() throws IOException {
        long most = 0;
        for (Path layer : layers) {
            most = Math.max(
                    most,
                    Trees.size(layer, limits.fileBytes(), Integer.MAX_VALUE).bytes());
        }
        return most;
    }

    private boolean ranOutOfMemory() throws IOException {
        return sandbox.group().isPresent() && sandbox.group().get().ranOutOfMemory();
    }

    private boolean ranOutOfProcesses() throws IOException {
        return sandbox.group().isPresent() && sandbox.group().get().ranOutOfProcesses();
    }
}
