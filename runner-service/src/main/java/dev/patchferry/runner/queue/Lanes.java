package dev.patchferry.runner.queue;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.Planner;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.Signal;
import dev.patchferry.runner.logs.FileView;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** All lanes of this runner. Settles what a crash left before the first one starts. */
public final class Lanes implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Lanes.class);
    /** After a request to end, a command has 10 s for TERM; the rest is for the journal. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Workspaces workspaces;
    private final Lane.Tools tools;
    private final Map<WorkspaceName, Lane> lanes = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    public Lanes(
            Workspaces workspaces,
            Journal journal,
            Planner planner,
            PatchExecutor executor,
            FileView view,
            Signal changed) {
        this.workspaces = workspaces;
        this.tools = new Lane.Tools(journal, planner, executor, view, changed);
    }

    /** Recovers, then begins to run what waits. */
    public void start() throws IOException {
        for (Entry entry : tools.journal().inStatus(PatchStatus.RUNNING)) {
            recover(entry);
        }
        for (Workspace workspace : workspaces.all()) {
            Lane lane = new Lane(workspace, tools);
            lanes.put(workspace.name(), lane);
            threads.add(Thread.ofPlatform().name("lane-" + workspace.name()).start(lane));
        }
    }

    /** What runs in a workspace now. */
    public Optional<PatchId> running(WorkspaceName workspace) {
        return Optional.ofNullable(lanes.get(workspace)).flatMap(Lane::running);
    }

    /** Ends what runs, rolled back and journalled as interrupted; what waits stays in the journal. */
    @Override
    public void close() {
        lanes.values().forEach(lane -> lane.stop("runner_stopped: the runner was stopped; the patch was rolled back"));
        try {
            for (Thread thread : threads) {
                if (!thread.join(PATIENCE)) {
                    LOG.warnf("lane did not end in time thread=%s", thread.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void recover(Entry entry) throws IOException {
        Optional<Workspace> workspace = workspaces.named(entry.workspace());
        if (workspace.isEmpty()) {
            LOG.errorf("patch was running in a workspace that is gone patchId=%s", entry.id());
            return;
        }
        PatchExecutor.Ended ended = tools.executor().recover(entry, workspace.get());
        LOG.infof(
                "patch settled after a crash patchId=%s outcome=%s",
                entry.id(), ended.receipt().outcome());
        tools.view().ended(ended.entry(), tools.journal().document(entry), ended.receipt());
    }
}
