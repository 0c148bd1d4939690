package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What waits in a workspace for somebody's approval, and how much of it there may be.
 *
 * @param bounds of one principal in one workspace
 */
public record ProposalQuota(Journal journal, Workspaces workspaces, Bounds bounds) {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * How much of one principal's may wait in one workspace, so that nobody keeps others from proposing.
     *
     * @param patches that ran and whose effect waits
     * @param bytes of all that they wrote
     */
    public record Bounds(int patches, long bytes) {
        public static final Bounds DEFAULT = new Bounds(50, 5L << 30);
    }

    /** The end of a patch's way, until somebody decides. */
    Outcome proposed(String why) {
        return new Outcome(PatchStatus.PROPOSED, words(PatchStatus.PROPOSED, why, journal.decideBy()));
    }

    /** Why a patch waits, and until when. */
    public static String words(PatchStatus status, String why, Instant until) {
        return status + ": " + why + "; waits for an operator's approval until " + MINUTES.format(until);
    }

    /** Why a patch cannot wait, too, if it cannot. */
    Optional<Outcome> noRoom(JournaledPatch journaledPatch, Trees.Size own) throws IOException {
        List<String> others = journal.inStatus(PatchStatus.PROPOSED).stream()
                .filter(other -> other.workspace().equals(journaledPatch.workspace())
                        && other.principal().equals(journaledPatch.principal()))
                .map(PatchExecutor::key)
                .toList();
        boolean full = others.size() >= bounds.patches()
                || own.bytes() + workspaces.bytes(others, bounds.bytes()) > bounds.bytes();
        return full
                ? Optional.of(new Outcome(
                        PatchStatus.REJECTED,
                        "too_many_proposals: " + others.size() + " patches of " + journaledPatch.principal()
                                + " wait for an approval in this workspace already; there may be " + bounds.patches()
                                + ", with " + (bounds.bytes() >> 20)
                                + " MiB together. Send it again under a new id when some are decided"))
                : Optional.empty();
    }
}
