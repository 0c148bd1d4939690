package dev.patchferry.runner.queue;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.journal.Decision;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** All lanes of this runner. */
public final class WorkspaceWorkers implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkspaceWorkers.class);
    /** How long what runs may go on after a request to stop; with the next one, under the 30 s a stop is given. */
    private static final Duration FINISH = Duration.ofSeconds(12);
    /** A command that is ended has 10 s for TERM; the rest is for the journal. */
    private static final Duration INTERRUPT = Duration.ofSeconds(14);
    /** Files are written right after the event; so many cannot have been under way at once. */
    private static final int EVENTS_NOT_SHOWN = 1_000;

    private final Workspaces workspaces;
    private final WorkerTools tools;
    private final Map<WorkspaceName, WorkspaceWorker> lanes = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    public WorkspaceWorkers(Workspaces workspaces, WorkerTools tools) {
        this.workspaces = workspaces;
        this.tools = tools;
    }

    /** Clears what a crash left and begins to run what waits; each lane settles its own workspace first. */
    public void start() throws IOException {
        List<JournaledPatch> running = tools.journal().inStatus(PatchStatus.RUNNING);
        List<JournaledPatch> proposed = tools.journal().inStatus(PatchStatus.PROPOSED);
        workspaces.dropAllBut(Stream.concat(running.stream(), proposed.stream())
                .map(PatchExecutor::key)
                .collect(Collectors.toSet()));
        for (JournaledPatch journaledPatch : running) {
            if (workspaces.named(journaledPatch.workspace()).isEmpty()) {
                LOG.errorf("patch was running in a workspace that is gone patchId=%s", journaledPatch.id());
                tools.executor().abandon(journaledPatch);
            }
        }
        for (Decision decision : tools.approvals().approvals().open()) {
            JournaledPatch journaledPatch = tools.approvals().entry(decision);
            if (workspaces.named(journaledPatch.workspace()).isEmpty()) {
                LOG.errorf("patch was approved in a workspace that is gone patchId=%s", journaledPatch.id());
                tools.approvals().abandon(decision);
            }
        }
        showWhatWasNotShown();
        for (Workspace workspace : workspaces.all()) {
            WorkspaceWorker workspaceWorker = new WorkspaceWorker(workspace, tools);
            lanes.put(workspace.name(), workspaceWorker);
            threads.add(Thread.ofPlatform().name("lane-" + workspace.name()).start(workspaceWorker));
        }
    }

    /** What the journal knows and a crash kept from the files for people. */
    private void showWhatWasNotShown() throws IOException {
        Journal journal = tools.journal();
        PatchFileMirror view = tools.view();
        view.clearUp();
        for (JournaledPatch journaledPatch : journal.latest(EVENTS_NOT_SHOWN)) {
            if (!view.isShown(journaledPatch)) {
                String sent = journal.document(journaledPatch);
                journal.receipt(journaledPatch)
                        .filter(receipt -> journaledPatch.status() == receipt.outcome())
                        .ifPresentOrElse(
                                receipt -> view.ended(journaledPatch, sent, receipt),
                                () -> view.waiting(journaledPatch, sent));
            }
        }
    }

    /** What runs in a workspace now. */
    public Optional<PatchId> running(WorkspaceName workspace) {
        return Optional.ofNullable(lanes.get(workspace)).flatMap(WorkspaceWorker::running);
    }

    /**
     * Ends a patch that runs.
     *
     * @return whether that comes in time
     */
    boolean cancel(JournaledPatch journaledPatch, String reason) {
        WorkspaceWorker workspaceWorker = lanes.get(journaledPatch.workspace());
        return workspaceWorker != null && workspaceWorker.cancel(journaledPatch.id(), reason);
    }

    /** The process was told to end; {@link #close} follows. */
    public void stopping() {
        lanes.values().forEach(WorkspaceWorker::stopping);
    }

    /**
     * Drains: nothing new begins, and what runs may finish; what takes too long is rolled back and journalled as
     * interrupted. What waits stays in the journal.
     */
    @Override
    public void close() {
        lanes.values().forEach(WorkspaceWorker::close);
        try {
            if (!allEnd(FINISH)) {
                lanes.values()
                        .forEach(workspaceWorker -> workspaceWorker.interrupt(
                                "runner_stopped: the runner was stopped while the patch ran"));
                if (!allEnd(INTERRUPT)) {
                    LOG.warn("a lane did not end in time");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean allEnd(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }
}
