package dev.patchferry.runner.execution;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.journal.CommitRecord;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.plan.PathReading;
import dev.patchferry.runner.plan.Plan;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.sandbox.Sandbox;
import dev.patchferry.runner.workspace.Change;
import dev.patchferry.runner.workspace.ChangeSet;
import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Executes patches that are running in the journal, one at a time per workspace. Whatever it learns of the patch is in
 * the receipt; the journal knows of a commit before it begins.
 */
public final class PatchExecutor {
    private static final Logger LOG = Logger.getLogger(PatchExecutor.class);

    private final Journal journal;
    private final Workspaces workspaces;
    private final Sandbox sandbox;
    private final PatchLogs logs;
    private final Clock clock;

    public PatchExecutor(Journal journal, Workspaces workspaces, Sandbox sandbox, PatchLogs logs, Clock clock) {
        this.journal = journal;
        this.workspaces = workspaces;
        this.sandbox = sandbox;
        this.logs = logs;
        this.clock = clock;
    }

    /**
     * Executes a plan to its end, which is in the journal when this returns.
     *
     * @param entry is running
     * @return the entry at its end, with its receipt
     */
    public Ended execute(
            Entry entry, PatchDocument document, Plan plan, Workspace workspace, Cancellation cancellation) {
        try (Transaction transaction = workspaces.begin(workspace, key(entry))) {
            Path log = logs.begin(entry);
            ReceiptDraft draft = new ReceiptDraft(plan, clock, sandbox.enforced(transaction));
            StepRunner steps = new StepRunner(workspace, transaction, sandbox, log, draft, cancellation);
            Receipt receipt = new Attempt(entry, document, plan, workspace, transaction, draft, log).run(steps);
            return finish(entry, receipt);
        } catch (IOException e) {
            LOG.errorf(e, "execution broke patchId=%s", entry.id());
            Outcome broken = new Outcome(PatchStatus.FAILED, "runner_broken: " + e.getMessage());
            return finish(entry, ReceiptDraft.nothingRan(broken, Optional.of(plan), clock));
        }
    }

    /** Settles an entry that a crash found running: a commit is finished, anything before it is dropped. */
    public Ended recover(Entry entry, Workspace workspace) throws IOException {
        Optional<CommitRecord> commit = journal.commitUnderWay(entry);
        if (commit.isPresent()) {
            List<Change> changes = Json.MAPPER.convertValue(commit.get().changes(), new TypeReference<>() {});
            workspaces.finishCommit(workspace, key(entry), changes);
            return finish(entry, commit.get().receipt());
        }
        workspaces.drop(key(entry));
        Outcome outcome = new Outcome(
                PatchStatus.INTERRUPTED,
                "runner_stopped: the runner ended while the patch ran; it was rolled back and is not run again");
        return finish(entry, ReceiptDraft.nothingRan(outcome, Optional.empty(), clock));
    }

    /**
     * A patch at its end.
     *
     * @param entry as it is in the journal now
     */
    public record Ended(Entry entry, Receipt receipt) {}

    private Ended finish(Entry entry, Receipt receipt) {
        return new Ended(journal.finished(entry, receipt), receipt);
    }

    private static String key(Entry entry) {
        return String.valueOf(entry.seq());
    }

    /** One execution, with everything it works on. */
    private final class Attempt {
        private final Entry entry;
        private final PatchDocument document;
        private final Plan plan;
        private final Workspace workspace;
        private final Transaction transaction;
        private final ReceiptDraft draft;
        private final Path log;

        Attempt(
                Entry entry,
                PatchDocument document,
                Plan plan,
                Workspace workspace,
                Transaction transaction,
                ReceiptDraft draft,
                Path log) {
            this.entry = entry;
            this.document = document;
            this.plan = plan;
            this.workspace = workspace;
            this.transaction = transaction;
            this.draft = draft;
            this.log = log;
        }

        Receipt run(StepRunner steps) throws IOException {
            Optional<String> stale = transaction.firstNotMatching(base());
            if (stale.isPresent()) {
                return draft.receipt(
                        new Outcome(
                                PatchStatus.FAILED,
                                "base_mismatch: " + stale.get() + " is not what `base` says; read it again"),
                        log);
            }
            for (Step step : plan.steps()) {
                Optional<Outcome> end = steps.run(step);
                if (end.isPresent()) {
                    return draft.receipt(end.get(), log);
                }
            }
            return conclude();
        }

        private Receipt conclude() throws IOException {
            ChangeSet changes = transaction.changes();
            changes.dropped().forEach(draft::note);
            Optional<Transaction.Obstacle> obstacle = transaction.obstacle(changes);
            if (obstacle.isPresent()) {
                return draft.receipt(new Outcome(PatchStatus.FAILED, words(obstacle.get())), log);
            }
            String diff = transaction.diff(changes);
            Files.writeString(logs.diff(entry), diff);
            draft.changed(changes.files(), diff);
            if (document.dryRun()) {
                return draft.receipt(new Outcome(PatchStatus.PREVIEWED, "dry run: nothing was changed"), log);
            }
            return commit(changes);
        }

        private Receipt commit(ChangeSet changes) throws IOException {
            Receipt receipt = draft.receipt(new Outcome(PatchStatus.SUCCEEDED, "every step ended well"), log);
            if (changes.isEmpty()) {
                return receipt;
            }
            transaction.prepare();
            JsonNode list = Json.MAPPER.convertValue(changes.changes(), JsonNode.class);
            journal.committing(entry, new CommitRecord(receipt, list));
            try {
                transaction.commit(changes.changes());
                return receipt;
            } catch (IOException e) {
                LOG.warnf(e, "commit taken back patchId=%s", entry.id());
                return draft.receipt(new Outcome(PatchStatus.FAILED, "commit_failed: " + e.getMessage()), log);
            }
        }

        private Map<WorkspacePath, String> base() {
            Map<WorkspacePath, String> base = new HashMap<>();
            document.json().path("base").properties().forEach(file -> {
                switch (WorkspacePath.of(file.getKey(), workspace.root().toString())) {
                    case PathReading.Valid(WorkspacePath path) ->
                        base.put(path, file.getValue().asText());
                    case PathReading.Invalid _ -> draft.note("`base` names " + file.getKey() + ", not a path here");
                }
            });
            return base;
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
}
