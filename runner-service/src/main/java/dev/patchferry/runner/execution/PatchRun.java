package dev.patchferry.runner.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.Receipt.HiddenFile;
import dev.patchferry.contract.Receipt.Review;
import dev.patchferry.engine.plan.PathReading;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.engine.policy.Action;
import dev.patchferry.engine.policy.Rule;
import dev.patchferry.engine.policy.Ruling;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.files.DiskFull;
import dev.patchferry.runner.diff.Pace;
import dev.patchferry.runner.git.GitEffects;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.logs.PatchLogs.KeptDiff;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.Obstacle;
import dev.patchferry.runner.workspace.commit.RenderedDiff;
import dev.patchferry.runner.workspace.fs.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** One execution in an open transaction: its steps, what they changed, and the commit. */
final class PatchRun {
    private static final Logger LOG = Logger.getLogger(PatchRun.class);
    private static final String EVERYTHING =
            "policy: the patch changed objects, refs or the index of git, which counts as a" + " change of every path";

    private final Task task;
    private final Gate gate;
    private final Transaction transaction;
    private final ReceiptDraft draft;
    private final PatchLogs logs;
    private final Cancellation cancellation;

    PatchRun(
            Task task,
            Gate gate,
            Transaction transaction,
            ReceiptDraft draft,
            PatchLogs logs,
            Cancellation cancellation) {
        this.task = task;
        this.gate = gate;
        this.transaction = transaction;
        this.draft = draft;
        this.logs = logs;
        this.cancellation = cancellation;
    }

    /** How far the work came: to an end without effect, or to where only the commit is missing. */
    private sealed interface Work {
        record Over(Outcome outcome) implements Work {}

        record Ready(ChangeSet changes) implements Work {}

        record Proposed(ChangeSet changes, Outcome outcome) implements Work {}
    }

    /**
     * Runs to the end.
     *
     * @throws IOException if it broke when the journal knew of the commit already; then the outcome is not known yet
     */
    Receipt run(StepRunner steps, Committer committer, ProposalQuota proposalQuota) throws IOException {
        return switch (work(steps, proposalQuota)) {
            case Work.Over(Outcome outcome) -> draft.receipt(outcome);
            case Work.Ready(ChangeSet changes) -> unlessCancelled(() -> commit(changes, committer));
            case Work.Proposed(ChangeSet changes, Outcome outcome) -> unlessCancelled(() -> keep(changes, outcome));
        };
    }

    private Work work(StepRunner steps, ProposalQuota proposalQuota) {
        try {
            Optional<Outcome> impossible = firstReasonAgainst();
            return impossible.isPresent() ? new Work.Over(impossible.get()) : steps(steps, proposalQuota);
        } catch (FileSystemException e) {
            LOG.warnf(e, "execution met an obstacle patchId=%s", task.entry().id());
            String reason = FileErrors.inWords(e);
            return new Work.Over(
                    DiskFull.isCauseOf(e)
                            ? Outcome.diskFull(reason)
                            : new Outcome(PatchStatus.FAILED, "file_system: " + reason));
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "execution broke patchId=%s", task.entry().id());
            return new Work.Over(Outcome.broken(e));
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

    private Work steps(StepRunner steps, ProposalQuota proposalQuota) throws IOException {
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
        Optional<Obstacle> obstacle = transaction.obstacle(changes);
        if (obstacle.isPresent()) {
            return new Work.Over(
                    new Outcome(PatchStatus.FAILED, Obstacles.words(obstacle.get(), "while the patch ran")));
        }
        GitEffects git = transaction.gitEffects(changes);
        Ruling ruling = gate.after(changes, git);
        if (git.history() && ruling.rule().filter(Rule::looksAtPaths).isPresent()) {
            draft.note(EVERYTHING);
        }
        Optional<Outcome> cancelled = show(changes, git, ruling);
        if (cancelled.isPresent()) {
            return new Work.Over(cancelled.get());
        }
        return task.document().dryRun() ? previewed(ruling) : ruled(changes, ruling, steps, proposalQuota);
    }

    /** Writes down what changed, for the receipt and for whoever has to decide about it. */
    private Optional<Outcome> show(ChangeSet changes, GitEffects git, Ruling ruling) throws IOException {
        BooleanSupplier cancelled = () -> cancellation.requested().isPresent();
        boolean needsDecision = needsDecision(changes, ruling);
        RenderedDiff diff = transaction.diff(changes, Pace.start(cancelled), logs.holdsSecret(task.entry()));
        byte[] text = withPreamble(git.asPreamble(), diff.text().toArray());
        KeptDiff kept = logs.keepDiff(task.entry(), text, diff.incomplete(), needsDecision);
        draft.changed(changes.files(), kept.text());
        if (needsDecision) {
            String changeSet = transaction.fingerprint(changes, cancelled);
            List<HiddenFile> hidden =
                    ReceiptBounds.front(diff.hidden(), ReceiptBounds.HIDDEN, file -> file.path() + file.sizes());
            int omitted = diff.hidden().size() + diff.unlisted() - hidden.size();
            draft.review(new Review(changeSet, kept.covered(), hidden, omitted));
        }
        return cancellation.requested().map(Outcome::of);
    }

    private static byte[] withPreamble(String preamble, byte[] diff) {
        byte[] head = preamble.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(head, head.length + diff.length);
        System.arraycopy(diff, 0, whole, head.length, diff.length);
        return whole;
    }

    /** Whether it will wait for somebody who looks at it. */
    private boolean needsDecision(ChangeSet changes, Ruling ruling) {
        if (changes.isEmpty() || task.document().dryRun()) {
            return false;
        }
        return switch (Gate.afterTheRun(ruling)) {
            case DENY -> false;
            case HOLD, PROPOSE -> true;
            case ALLOW -> task.document().propose();
        };
    }

    private static Work previewed(Ruling ruling) {
        String otherwise = ruling.action() == Action.ALLOW
                ? ""
                : "; sent without dry_run, the policy would " + ruling.action().wireName() + " it: " + ruling.words();
        return new Work.Over(new Outcome(PatchStatus.PREVIEWED, "dry run: nothing was changed" + otherwise));
    }

    /** By what it did, not by what it said it would. */
    private Work ruled(ChangeSet changes, Ruling ruling, StepRunner steps, ProposalQuota proposalQuota)
            throws IOException {
        if (gate.tells(ruling)) {
            draft.ruled(
                    changes.isEmpty()
                            ? "allow: it changed nothing"
                            : ruling.action().wireName() + ": " + ruling.words());
        }
        if (changes.isEmpty()) {
            return new Work.Ready(changes);
        }
        return switch (Gate.afterTheRun(ruling)) {
            case DENY -> new Work.Over(PatchExecutor.denied(ruling));
            case HOLD, PROPOSE -> waits(changes, steps, proposalQuota, ruling.words());
            case ALLOW ->
                task.document().propose()
                        ? waits(changes, steps, proposalQuota, "its sender asked for somebody to look at it first")
                        : new Work.Ready(changes);
        };
    }

    private Work waits(ChangeSet changes, StepRunner steps, ProposalQuota proposalQuota, String why)
            throws IOException {
        Optional<Outcome> noRoom = proposalQuota.noRoom(task.entry(), steps.size());
        return noRoom.<Work>map(Work.Over::new)
                .orElseGet(() -> new Work.Proposed(changes, proposalQuota.proposed(why)));
    }

    private interface LastStep {
        Receipt take() throws IOException;
    }

    /** Who asks for the end from now on is told that it comes too late. */
    private Receipt unlessCancelled(LastStep last) throws IOException {
        Optional<Cancellation.Request> request = cancellation.close();
        return request.isPresent() ? draft.receipt(Outcome.of(request.get())) : last.take();
    }

    private Receipt keep(ChangeSet changes, Outcome proposed) throws IOException {
        transaction.keep(changes);
        CrashPoint.RUNNER_PROPOSAL_KEPT.reached();
        return draft.receipt(proposed);
    }

    private Receipt commit(ChangeSet changes, Committer committer) throws IOException {
        Receipt receipt = draft.receipt(new Outcome(PatchStatus.SUCCEEDED, "every step ended well"));
        return changes.isEmpty() ? receipt : committer.land(task.entry(), transaction, changes, receipt);
    }
}
