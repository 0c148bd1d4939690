package dev.patchferry.runner.execution;

import dev.patchferry.contract.Enforced;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.contract.Receipt.Review;
import dev.patchferry.contract.Receipt.Undo;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.workspace.fs.PathText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what happens while a patch runs, and makes the receipt of it. Used by one thread. */
final class ReceiptDraft {
    private static final int LOG_BYTES = 32 << 10;
    /** What changed is told of these. */
    private static final Set<PatchStatus> EFFECTIVE =
            EnumSet.of(PatchStatus.SUCCEEDED, PatchStatus.PREVIEWED, PatchStatus.PROPOSED);

    private final Plan plan;
    private final Clock clock;
    private final Instant startedAt;
    private Enforced enforced;
    private final Path log;
    private final OutOfRoom outOfRoom;
    private final List<Receipt.Step> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private List<ChangedFile> files = List.of();
    private String diff = "";
    private Optional<Review> review = Optional.empty();

    /**
     * Begins.
     *
     * @param log the file that takes the output
     */
    ReceiptDraft(Plan plan, Clock clock, Enforced enforced, Path log, OutOfRoom outOfRoom) {
        this.outOfRoom = outOfRoom;
        this.plan = plan;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.enforced = enforced;
        this.log = log;
        this.notes.addAll(plan.ignored());
    }

    void did(Receipt.Step step) {
        steps.add(step);
    }

    /** Something the reader should know that is no step. */
    void note(String note) {
        notes.add(PathText.shownIn(note));
    }

    /** What the policy of the workspace says about it. */
    void ruled(String words) {
        enforced = enforced.under(words);
    }

    /** What took effect, or would have. */
    void changed(List<ChangedFile> changed, String asDiff) {
        files = ShownFiles.of(changed);
        diff = asDiff;
    }

    /** What somebody who has to decide is shown. */
    void review(Review shown) {
        review = Optional.of(shown);
    }

    Receipt receipt(Outcome outcome) throws IOException {
        String tail = tail(log);
        return receipt(outOfRoom.explain(outcome, tail), tail);
    }

    private Receipt receipt(Outcome outcome, String tail) throws IOException {
        boolean effective = EFFECTIVE.contains(outcome.status());
        List<ChangedFile> shownFiles = effective ? files : List.of();
        String shownDiff = effective ? diff : "";
        List<Receipt.Step> keptSteps = ReceiptBounds.front(steps, ReceiptBounds.STEPS, Receipt.Step::summary);
        List<ChangedFile> keptFiles = ReceiptBounds.front(shownFiles, ReceiptBounds.FILES, ReceiptDraft::text);
        String keptDiff = ReceiptBounds.head(shownDiff, ReceiptBounds.DIFF);
        if (outcome.status() == PatchStatus.FAILED) {
            FilterHint.in(tail, enforced.limits()).ifPresent(this::note);
        }
        return new Receipt(
                summary(outcome, shownFiles),
                outcome.status(),
                ReceiptBounds.head(PathText.shownIn(outcome.reason()), ReceiptBounds.REASON),
                Optional.of(plan.format()),
                Optional.of(plan.detectedBy()),
                Optional.of(startedAt),
                clock.instant(),
                keptSteps,
                steps.size() - keptSteps.size(),
                keptFiles,
                shownFiles.size() - keptFiles.size(),
                keptDiff,
                shownDiff.length() - keptDiff.length(),
                tail,
                omitted(log, tail),
                ReceiptBounds.front(notes, ReceiptBounds.IGNORED, note -> note),
                enforced,
                undo(outcome, shownFiles),
                review.filter(_ -> effective));
    }

    /** The receipt of a patch that nothing ran of. */
    static Receipt nothingRan(Outcome outcome, Optional<Plan> plan, Clock clock) {
        return Receipt.nothingRan(
                outcome.status(),
                ReceiptBounds.head(outcome.reason(), ReceiptBounds.REASON),
                plan.map(Plan::format),
                plan.map(Plan::detectedBy),
                clock.instant());
    }

    /** The receipt of a patch that ran, nobody knows how far, until the runner ended. */
    static Receipt cutShort(Outcome outcome, Enforced enforced, Path log, Clock clock) throws IOException {
        String tail = tail(log);
        return new Receipt(
                ReceiptBounds.head(
                        capitalised(outcome.status().wireName()) + " while it ran. Reason: " + outcome.reason(),
                        ReceiptBounds.REASON),
                outcome.status(),
                ReceiptBounds.head(outcome.reason(), ReceiptBounds.REASON),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                clock.instant(),
                List.of(),
                0,
                List.of(),
                0,
                "",
                0,
                tail,
                omitted(log, tail),
                List.of(),
                enforced,
                new Undo(false, "nothing took effect"));
    }

    static String text(ChangedFile file) {
        return file.path() + file.beforeSha256().orElse("") + file.afterSha256().orElse("");
    }

    private static String tail(Path log) throws IOException {
        return ReceiptBounds.tail(PatchLogs.tail(log, LOG_BYTES), ReceiptBounds.LOG_TAIL);
    }

    private static long omitted(Path log, String tail) throws IOException {
        return Math.max(0, PatchLogs.size(log) - tail.getBytes(StandardCharsets.UTF_8).length);
    }

    private Undo undo(Outcome outcome, List<ChangedFile> shownFiles) {
        if (!hasTransaction() && outcome.status() == PatchStatus.SUCCEEDED) {
            return new Undo(false, "there is no transaction here, so nothing of what was there before is kept");
        }
        return outcome.status() == PatchStatus.SUCCEEDED && !shownFiles.isEmpty()
                ? UndoReceipt.possible(outcome.status())
                : new Undo(false, "nothing took effect");
    }

    private String summary(Outcome outcome, List<ChangedFile> shownFiles) {
        String ignored = plan.ignored().isEmpty() ? "" : " Not acted on: " + String.join("; ", plan.ignored()) + ".";
        String done = counted(steps.size(), "step") + " of " + plan.steps().size() + " done";
        return ReceiptBounds.head(
                switch (outcome.status()) {
                    case SUCCEEDED -> "Succeeded: " + done + ", " + changed(shownFiles) + "." + ignored;
                    case PREVIEWED ->
                        "Dry run: " + done + ", " + counted(shownFiles.size(), "file")
                                + " would change. Nothing was changed." + ignored;
                    case PROPOSED ->
                        "Proposed: " + done + ", " + counted(shownFiles.size(), "file")
                                + " would change once it is approved. Nothing was changed." + ignored;
                    default ->
                        capitalised(outcome.status().wireName().replace('_', ' ')) + where() + afterwards() + ignored;
                },
                ReceiptBounds.REASON);
    }

    private String changed(List<ChangedFile> shownFiles) {
        return hasTransaction()
                ? counted(shownFiles.size(), "file") + " changed"
                : "which files changed is not known without a transaction";
    }

    private String where() {
        return steps.isEmpty()
                ? " before the first step. "
                : " at step " + steps.size() + " of " + plan.steps().size() + ". ";
    }

    private String afterwards() {
        return hasTransaction()
                ? "Everything was rolled back; the workspace is as it was." + NetworkEffects.of(enforced, steps)
                : "There is no transaction here, so what ran before stays.";
    }

    private boolean hasTransaction() {
        return !enforced.transaction().equals("none");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
