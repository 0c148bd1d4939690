package dev.patchferry.runner.bootstrap;

import dev.patchferry.engine.policy.Policies;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.api.Intake;
import dev.patchferry.runner.api.WorkspaceViews;
import dev.patchferry.runner.approval.ApprovalWork;
import dev.patchferry.runner.execution.Gates;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.Planner;
import dev.patchferry.runner.execution.UnappliedPatches;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.UndoLog;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.queue.Cancellations;
import dev.patchferry.runner.queue.Hindrances;
import dev.patchferry.runner.queue.WorkerTools;
import dev.patchferry.runner.queue.WorkspaceWorkers;
import dev.patchferry.runner.sandbox.Sandbox;
import dev.patchferry.runner.undo.UndoExecutor;
import dev.patchferry.runner.undo.UndoGate;
import dev.patchferry.runner.undo.UndoWork;
import dev.patchferry.runner.undo.Undos;
import dev.patchferry.runner.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The parts of the runner that fill the journal and work off what is in it. */
@ApplicationScoped
class QueueAssembly {
    private final Clock clock = Clock.systemUTC();

    @Produces
    @Singleton
    Planner planner() {
        return new Planner(clock);
    }

    @Produces
    @Singleton
    Intake intake(
            WorkspaceViews workspaces,
            Planner planner,
            Policies policies,
            Journal journal,
            PatchFileMirror view,
            RunnerConfig config) {
        return new Intake(workspaces, planner, policies, journal, view, config.waitingPerWorkspace());
    }

    @Produces
    @Singleton
    PatchExecutor executor(
            Journal journal,
            Gates gates,
            Workspaces workspaces,
            Sandbox sandbox,
            PatchLogs logs,
            DiskSpaceGuard floor) {
        return new PatchExecutor(journal, gates, workspaces, sandbox, logs, floor, clock);
    }

    @Produces
    @Singleton
    WorkspaceWorkers lanes(
            Workspaces workspaces,
            Journal journal,
            Planner planner,
            PatchExecutor executor,
            UndoWork undos,
            ApprovalWork approvals,
            Hindrances hindrances,
            PatchFileMirror view,
            ChangeCounter changed) {
        return new WorkspaceWorkers(
                workspaces, new WorkerTools(journal, planner, executor, undos, approvals, hindrances, view, changed));
    }

    @Produces
    @Singleton
    Hindrances hindrances(Workspaces workspaces, DiskSpaceGuard floor) {
        return new Hindrances(workspaces, floor);
    }

    @Produces
    @Singleton
    Cancellations cancellations(
            Journal journal,
            WorkspaceWorkers workspaceWorkers,
            UnappliedPatches unappliedPatches,
            PatchFileMirror view) {
        return new Cancellations(journal, workspaceWorkers, unappliedPatches, view, clock);
    }

    @Produces
    @Singleton
    UndoLog undoLog(SqliteDatabase database, EventLog events, ChangeCounter changed) {
        return new UndoLog(database, events, changed, clock);
    }

    @Produces
    @Singleton
    Undos undos(Journal journal, UndoLog undos, ChangeCounter changed) {
        return new Undos(journal, undos, changed);
    }

    @Produces
    @Singleton
    UndoWork undoWork(
            Journal journal,
            EventLog events,
            UndoLog undos,
            Workspaces workspaces,
            Policies policies,
            Planner planner) {
        UndoGate gate = new UndoGate(policies, journal, planner);
        return new UndoWork(undos, new UndoExecutor(journal, events, undos, workspaces, gate, clock), workspaces);
    }
}
