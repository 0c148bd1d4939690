package dev.patchferry.runner.queue;

import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.files.DiskFull;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.Planner.Planning;
import dev.patchferry.runner.execution.Task;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.PatchOffer;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The queue of one workspace. Runs on a thread of its own until it is stopped. Before the first patch, and after any
 * trouble, it settles what is running in the journal and runs no more.
 */
final class WorkspaceWorker implements Runnable {
    private static final Logger LOG = Logger.getLogger(WorkspaceWorker.class);
    private static final Duration AGAIN_AFTER_TROUBLE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofDays(1);

    private final Workspace workspace;
    private final WorkerTools tools;
    private volatile boolean closing;
    private volatile boolean stopping;
    private volatile Optional<String> interruption = Optional.empty();
    private volatile Optional<Running> running = Optional.empty();
    private boolean settled;
    private Optional<Throwable> trouble = Optional.empty();
    private Optional<String> hindrance = Optional.empty();

    /** A patch that runs, and how to end it. */
    private record Running(PatchId id, Cancellation cancellation) {}

    WorkspaceWorker(Workspace workspace, WorkerTools tools) {
        this.workspace = workspace;
        this.tools = tools;
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                long seen = tools.changed().count();
                if (!runNext()) {
                    tools.changed().awaitAfter(seen, LONG);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes nothing new any more; what runs may finish. */
    void close() {
        closing = true;
        tools.changed().raise();
    }

    /** The runner was told to stop: begins nothing, and judges what fails now by that. */
    void stopping() {
        stopping = true;
        running.ifPresent(now -> now.cancellation().stopping());
        close();
    }

    /** Ends what runs, and what is just about to, for this reason. */
    void interrupt(String reason) {
        interruption = Optional.of(reason);
        running.ifPresent(now -> now.cancellation().request(PatchStatus.INTERRUPTED, reason));
    }

    /** Ends a patch as its sender asked, if it runs; whether that comes in time. */
    boolean cancel(PatchId patch, String reason) {
        return running.filter(now -> now.id().equals(patch))
                .map(now -> now.cancellation().request(PatchStatus.CANCELLED, reason))
                .orElse(false);
    }

    Optional<PatchId> running() {
        return running.map(Running::id);
    }

    /** Does what has waited longest, an undo, an approval or a patch; whether there was anything. */
    private boolean runNext() throws InterruptedException {
        try {
            // Looked for before the workspace is looked at: one sent after its folder had gone is not run without it.
            Optional<JournaledPatch> next = tools.journal().nextWaiting(workspace.name());
            Optional<String> unusable = tools.hindrances().in(workspace);
            if (unusable.isPresent() && !settled) {
                return waitFor(unusable.get());
            }
            settle();
            if (tools.undos().doNext(workspace, this::ended)
                    || (unusable.isEmpty() && tools.approvals().doNext(workspace, this::ended))) {
                return true;
            }
            Optional<String> obstacle = unusable.or(tools.hindrances()::noRoom);
            if (obstacle.isPresent()) {
                return waitFor(obstacle.get());
            }
            goOn();
            if (next.isPresent()) {
                run(next.get(), begin(next.get().id()));
            }
            return next.isPresent();
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            boolean full = DiskFull.isCauseOf(e);
            LOG.errorf(full ? null : e, "lane is in trouble, trying again workspace=%s reason=%s", workspace.name(), e);
            settled = false;
            trouble = Optional.of(e);
            tools.changed().awaitAfter(tools.changed().count(), AGAIN_AFTER_TROUBLE);
            return true;
        } finally {
            running = Optional.empty();
        }
    }

    /** Says to whoever waits why nothing runs, and looks again a little later. */
    private boolean waitFor(String obstacle) throws InterruptedException {
        if (!hindrance.equals(Optional.of(obstacle))) {
            LOG.warnf("patches wait workspace=%s reason=%s", workspace.name(), obstacle);
            hindrance = Optional.of(obstacle);
        }
        long seen = tools.changed().count();
        tools.journal().waitingFor(workspace.name(), obstacle);
        tools.changed().awaitAfter(seen, LOOK_AGAIN);
        return true;
    }

    private void goOn() {
        if (hindrance.isPresent()) {
            LOG.infof("patches run again workspace=%s", workspace.name());
            hindrance = Optional.empty();
            tools.journal().waitingFor(workspace.name(), PatchOffer.WAITS);
        }
    }

    /** Nothing runs in this workspace but what this lane runs: whatever is running in the journal was cut short. */
    private void settle() throws IOException {
        if (settled) {
            return;
        }
        for (JournaledPatch journaledPatch : tools.journal().running(workspace.name())) {
            ended(tools.executor().recover(journaledPatch, workspace, trouble));
        }
        tools.undos().settle(workspace, this::ended);
        tools.approvals().settle(workspace, this::ended);
        settled = true;
        trouble = Optional.empty();
    }

    private void ended(PatchExecutor.Ended ended) {
        ended(ended, tools.journal().document(ended.entry()));
    }

    private Cancellation begin(PatchId patch) {
        Cancellation cancellation = new Cancellation();
        running = Optional.of(new Running(patch, cancellation));
        if (stopping) {
            cancellation.stopping();
        }
        interruption.ifPresent(reason -> cancellation.request(PatchStatus.INTERRUPTED, reason));
        return cancellation;
    }

    private void run(JournaledPatch waiting, Cancellation cancellation) throws IOException {
        String sent = tools.journal().document(waiting);
        PatchDocument.Reading reading = PatchDocument.read(sent.getBytes(StandardCharsets.UTF_8));
        Optional<JournaledPatch> started = tools.journal().started(waiting);
        if (started.isPresent()) {
            CrashPoint.RUNNER_STARTED.reached();
            ended(execute(started.get(), reading, cancellation), sent);
        }
    }

    /** What was journalled by the rules of an earlier version may keep to none of today's. */
    private PatchExecutor.Ended execute(
            JournaledPatch journaledPatch, PatchDocument.Reading reading, Cancellation cancellation)
            throws IOException {
        return switch (reading) {
            case PatchDocument.Reading.Valid(PatchDocument document) -> execute(journaledPatch, document, cancellation);
            case PatchDocument.Reading.Invalid(List<FieldFault> faults, var _) -> {
                Receipt receipt = tools.planner().outdated(faults);
                yield new PatchExecutor.Ended(tools.journal().finished(journaledPatch, receipt), receipt);
            }
            case PatchDocument.Reading.NotJson _ ->
                throw new IllegalStateException("the journal holds a document that is none: " + journaledPatch.id());
        };
    }

    private PatchExecutor.Ended execute(
            JournaledPatch journaledPatch, PatchDocument document, Cancellation cancellation) throws IOException {
        return switch (tools.planner().plan(document, workspace)) {
            case Planning.Planned planned ->
                tools.executor().execute(new Task(journaledPatch, document, planned.plan(), workspace), cancellation);
            case Planning.Rejected(Receipt receipt) ->
                new PatchExecutor.Ended(tools.journal().finished(journaledPatch, receipt), receipt);
        };
    }

    private void ended(PatchExecutor.Ended ended, String sent) {
        LOG.infof(
                "patch ended patchId=%s attempt=%d outcome=%s",
                ended.entry().id(), ended.entry().attempt(), ended.receipt().outcome());
        CrashPoint.RUNNER_DROPPED.reached();
        tools.view().ended(ended.entry(), sent, ended.receipt());
    }
}
