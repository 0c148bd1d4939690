package dev.patchferry.runner.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.journal.CommitRecord;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.plan.PathReading;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.workspace.Change;
import dev.patchferry.runner.workspace.ChangeSet;
import dev.patchferry.runner.workspace.CommitFailure;
import dev.patchferry.runner.workspace.FileTrouble;
import dev.patchferry.runner.workspace.Transaction;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One execution in an open transaction: its steps, what they changed, and the commit. */
final class Attempt {
    private static final Logger LOG = Logger.getLogger(Attempt.class);

    private final Task task;
    private final Transaction transaction;
    private final ReceiptDraft draft;
    private final Path diffFile;
    private final Cancellation cancellation;

    Attempt(Task task, Transaction transaction, ReceiptDraft draft, Path diffFile, Cancellation cancellation) {
        this.task = task;
        this.transaction = transaction;
        this.draft = draft;
        this.diffFile = diffFile;
        this.cancellation = cancellation;
    }

    /** How far the work came: to an end without effect, or to where only the commit is missing. */
    private sealed interface Work {
        record Over(Outcome outcome) implements Work {}

        record Ready(ChangeSet changes) implements Work {}
    }

    /**
     * Runs to the end.
     *
     * @throws IOException if it broke when the journal knew of the commit already; then the outcome is not known yet
     */
    Receipt run(StepRunner steps, Journal journal) throws IOException {
        return switch (work(steps)) {
            case Work.Over(Outcome outcome) -> draft.receipt(outcome);
            case Work.Ready(ChangeSet changes) -> commitUnlessCancelled(changes, journal);
        };
    }

    private Work work(StepRunner steps) {
        try {
            Optional<Outcome> impossible = firstReasonAgainst();
            return impossible.isPresent() ? new Work.Over(impossible.get()) : steps(steps);
        } catch (FileSystemException e) {
            LOG.warnf(e, "execution met an obstacle patchId=%s", task.entry().id());
            return new Work.Over(new Outcome(PatchStatus.FAILED, "file_system: " + FileTrouble.inWords(e)));
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "execution broke patchId=%s", task.entry().id());
            return new Work.Over(new Outcome(PatchStatus.FAILED, "runner_broken: " + e.getMessage()));
        }
    }

    /** What the sender saw must be what is there; a path that cannot be checked is not. */
    private Optional<Outcome> firstReasonAgainst() throws IOException {
        String root = task.workspace().root().toString();
        Map<WorkspacePath, String> base = new HashMap<>();
        for (Map.Entry<String, JsonNode> file :
                task.document().json().path("base").properties()) {
            switch (WorkspacePath.of(file.getKey(), root)) {
                case PathReading.Valid(WorkspacePath path) ->
                    base.put(path, file.getValue().asText());
                case PathReading.Invalid(String reason) -> {
                    return Optional.of(mismatch("`base` names " + file.getKey() + ": " + reason));
                }
            }
        }
        return transaction
                .firstNotMatching(base)
                .map(path -> mismatch(path + " is not what `base` says; read it again"));
    }

    private static Outcome mismatch(String what) {
        return new Outcome(PatchStatus.FAILED, "base_mismatch: " + what);
    }

    private Work steps(StepRunner steps) throws IOException {
        for (Step step : task.plan().steps()) {
            Optional<Outcome> end = steps.run(step);
            if (end.isPresent()) {
                return new Work.Over(end.get());
            }
            CrashPoint.RUNNER_STEP_DONE.reached();
        }
        CrashPoint.RUNNER_STEPS_DONE.reached();
        Optional<Outcome> tooLarge = steps.ifTooLarge();
        if (tooLarge.isPresent()) {
            return new Work.Over(tooLarge.get());
        }
        ChangeSet changes = transaction.changes();
        changes.dropped().forEach(draft::note);
        Optional<Transaction.Obstacle> obstacle = transaction.obstacle(changes);
        if (obstacle.isPresent()) {
            return new Work.Over(new Outcome(PatchStatus.FAILED, words(obstacle.get())));
        }
        String diff = transaction.diff(changes);
        Files.writeString(diffFile, diff);
        draft.changed(changes.files(), diff);
        return task.document().dryRun()
                ? new Work.Over(new Outcome(PatchStatus.PREVIEWED, "dry run: nothing was changed"))
                : new Work.Ready(changes);
    }

    /** Who asks for the end from now on is told that it comes too late. */
    private Receipt commitUnlessCancelled(ChangeSet changes, Journal journal) throws IOException {
        Optional<Cancellation.Request> request = cancellation.close();
        return request.isPresent() ? draft.receipt(Outcome.of(request.get())) : commit(changes, journal);
    }

    private Receipt commit(ChangeSet changes, Journal journal) throws IOException {
        Receipt receipt = draft.receipt(new Outcome(PatchStatus.SUCCEEDED, "every step ended well"));
        if (changes.isEmpty()) {
            return receipt;
        }
        List<Change> prepared;
        try {
            prepared = transaction.prepare(changes);
        } catch (IOException e) {
            LOG.warnf(e, "commit cannot be prepared patchId=%s", task.entry().id());
            return NotCommitted.receipt(receipt, "commit_failed: " + e.getMessage());
        }
        CrashPoint.RUNNER_PREPARED.reached();
        journal.committing(task.entry(), new CommitRecord(receipt, Change.toJson(prepared)));
        CrashPoint.RUNNER_COMMITTING.reached();
        try {
            return UndoReceipt.told(receipt, transaction.commit(prepared));
        } catch (CommitFailure e) {
            LOG.warnf(e, "commit failed patchId=%s", task.entry().id());
            return NotCommitted.receipt(receipt, e);
        }
    }

    private static String words(Transaction.Obstacle obstacle) {
        return switch (obstacle.reason()) {
            case "protected_path" ->
                "protected_path: a patch may not change " + obstacle.path()
                        + ", since it decides what the owner's next git command runs";
            default ->
                obstacle.reason() + ": " + obstacle.path()
                        + " was changed by somebody else while the patch ran; send it again under a new id";
        };
    }
}
