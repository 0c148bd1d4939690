package dev.patchferry.runner.queue;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.Planner;
import dev.patchferry.runner.execution.Planner.Planning;
import dev.patchferry.runner.execution.Task;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.Signal;
import dev.patchferry.runner.logs.FileView;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one workspace. Runs on a thread of its own until it is stopped. Before the first patch, and after any
 * trouble, it settles what is running in the journal and runs no more.
 */
final class Lane implements Runnable {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final Duration AGAIN_AFTER_TROUBLE = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofDays(1);

    private final Workspace workspace;
    private final Tools tools;
    private final Cancellation stop = new Cancellation();
    private volatile boolean closing;
    private volatile @Nullable PatchId running;
    private boolean settled;

    /** What every lane works with. */
    record Tools(Journal journal, Planner planner, PatchExecutor executor, FileView view, Signal changed) {}

    Lane(Workspace workspace, Tools tools) {
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

    /** Ends what runs, for this reason. */
    void interrupt(String reason) {
        stop.request(reason);
    }

    Optional<PatchId> running() {
        return Optional.ofNullable(running);
    }

    /** Runs the patch that has waited longest; whether there was one. */
    private boolean runNext() throws InterruptedException {
        try {
            settle();
            Optional<Entry> next = tools.journal().nextWaiting(workspace.name());
            if (next.isPresent()) {
                running = next.get().id();
                run(next.get());
            }
            return next.isPresent();
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "lane is in trouble, trying again workspace=%s", workspace.name());
            settled = false;
            tools.changed().awaitAfter(tools.changed().count(), AGAIN_AFTER_TROUBLE);
            return true;
        } finally {
            running = null;
        }
    }

    /** Nothing runs in this workspace but what this lane runs: whatever is running in the journal was cut short. */
    private void settle() throws IOException {
        if (settled) {
            return;
        }
        for (Entry entry : tools.journal().running(workspace.name())) {
            ended(tools.executor().recover(entry, workspace), tools.journal().document(entry));
        }
        settled = true;
    }

    private void run(Entry waiting) throws IOException {
        String sent = tools.journal().document(waiting);
        if (!(PatchDocument.read(sent.getBytes(StandardCharsets.UTF_8))
                instanceof PatchDocument.Reading.Valid(PatchDocument document))) {
            throw new IllegalStateException("the journal holds a document that is none: " + waiting.id());
        }
        Entry entry = tools.journal().started(waiting);
        ended(
                switch (tools.planner().plan(document, workspace)) {
                    case Planning.Planned planned ->
                        tools.executor().execute(new Task(entry, document, planned.plan(), workspace), stop);
                    case Planning.Rejected(Receipt receipt) ->
                        new PatchExecutor.Ended(tools.journal().finished(entry, receipt), receipt);
                },
                sent);
    }

    private void ended(PatchExecutor.Ended ended, String sent) {
        LOG.infof(
                "patch ended patchId=%s attempt=%d outcome=%s",
                ended.entry().id(), ended.entry().attempt(), ended.receipt().outcome());
        try {
            tools.view().ended(ended.entry(), sent, ended.receipt());
        } catch (IOException e) {
            LOG.warnf(
                    e,
                    "patch has ended, but its files cannot be written patchId=%s",
                    ended.entry().id());
        }
    }
}
