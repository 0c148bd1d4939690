package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.contract.Receipt.Undo;
import dev.patchferry.runner.journal.UndoRequest;
import dev.patchferry.runner.workspace.commit.Committed;
import dev.patchferry.runner.workspace.fs.PathText;
import java.time.Clock;
import java.util.List;

/** What a receipt says about undoing, and the receipt of an undo itself. */
public final class UndoReceipt {
    private static final String KEPT = "; what it replaced is kept for 14 days, as long as it is among the last 50"
            + " patches and 5 GiB of its workspace";
    private static final Undo UNDO =
            new Undo(true, "POST /patches/{id}/undo takes it back while everything it changed is as it left it" + KEPT);
    private static final Undo REDO = new Undo(
            true, "POST /patches/{id}/undo?redo=true brings it back while everything is as it was before it" + KEPT);

    private static final int MAX_NAMED = 10;

    private UndoReceipt() {}

    /** Of a patch that took effect, or was brought back or taken back. */
    static Undo possible(PatchStatus outcome) {
        return outcome == PatchStatus.UNDONE ? REDO : UNDO;
    }

    /** The receipt as it is after the commit, when it is known whether what was replaced could be kept. */
    public static Receipt told(Receipt receipt, Committed committed) {
        Receipt now = receipt.withHashes(committed.refreshed());
        Receipt noted = committed.unchecked().isEmpty() ? now : now.withNote(notChecked(committed.unchecked()));
        return committed.lost().map(why -> noted.with(new Undo(false, why))).orElse(noted);
    }

    private static String notChecked(List<String> paths) {
        List<String> named =
                paths.stream().limit(MAX_NAMED).map(PathText::shown).toList();
        int more = paths.size() - named.size();
        return "not checked: whether a program has " + String.join(", ", named)
                + (more > 0 ? " and " + more + " more" : "")
                + " open for writing, since the runner may not ask that of another user's files";
    }

    /**
     * What an undo did: the patch's steps and output stay, the files are those that the undo changed.
     *
     * @param before the patch's receipt so far
     */
    public static Receipt of(UndoRequest request, Receipt before, List<ChangedFile> files, Clock clock) {
        boolean undo = request.target() == PatchStatus.UNDONE;
        List<ChangedFile> shown = ReceiptBounds.front(ShownFiles.of(files), ReceiptBounds.FILES, ReceiptDraft::text);
        String counted = files.size() + (files.size() == 1 ? " file is" : " files are");
        return new Receipt(
                undo
                        ? "Undone: " + counted + " as before the patch."
                                + NetworkEffects.of(before.enforced(), before.steps())
                        : "Brought back: " + counted + " as the patch left " + (files.size() == 1 ? "it." : "them."),
                request.target(),
                (undo ? "undone: " : "redone: ") + request.principal() + " asked for it",
                before.format(),
                before.detectedBy(),
                before.startedAt(),
                clock.instant(),
                before.steps(),
                before.stepsOmitted(),
                shown,
                files.size() - shown.size(),
                "",
                0,
                before.logTail(),
                before.logOmitted(),
                before.ignored(),
                before.enforced(),
                possible(request.target()));
    }
}
