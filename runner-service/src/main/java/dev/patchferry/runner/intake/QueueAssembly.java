package dev.patchferry.runner.intake;

import dev.patchferry.foundation.files.DiskFloor;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.execution.Gates;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.Planner;
import dev.patchferry.runner.execution.UndoExecutor;
import dev.patchferry.runner.execution.UndoGate;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.Signal;
import dev.patchferry.runner.journal.UndoLog;
import dev.patchferry.runner.logs.FileView;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.policy.Policies;
import dev.patchferry.runner.queue.ApprovalWork;
import dev.patchferry.runner.queue.Cancellations;
import dev.patchferry.runner.queue.Hindrances;
import dev.patchferry.runner.queue.LaneTools;
import dev.patchferry.runner.queue.Lanes;
import dev.patchferry.runner.queue.Undecided;
import dev.patchferry.runner.queue.UndoWork;
import dev.patchferry.runner.queue.Undos;
import dev.patchferry.runner.sandbox.Sandbox;
import dev.patchferry.runner.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The parts of the runner that work off what is in the journal. */
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
    PatchExecutor executor(
            Journal journal, Gates gates, Workspaces workspaces, Sandbox sandbox, PatchLogs logs, DiskFloor floor) {
        return new PatchExecutor(journal, gates, workspaces, sandbox, logs, floor, clock);
    }

    @Produces
    @Singleton
    Lanes lanes(
            Workspaces workspaces,
            Journal journal,
            Planner planner,
            PatchExecutor executor,
            UndoWork undos,
            ApprovalWork approvals,
            Hindrances hindrances,
            FileView view,
            Signal changed) {
        return new Lanes(
                workspaces, new LaneTools(journal, planner, executor, undos, approvals, hindrances, view, changed));
    }

    @Produces
    @Singleton
    Hindrances hindrances(Workspaces workspaces, DiskFloor floor) {
        return new Hindrances(workspaces, floor);
    }

    @Produces
    @Singleton
    Cancellations cancellations(Journal journal, Lanes lanes, Undecided undecided, FileView view) {
        return new Cancellations(journal, lanes, undecided, view, clock);
    }

    @Produces
    @Singleton
    UndoLog undoLog(SqliteDatabase database, EventLog events, Signal changed) {
        return new UndoLog(database, events, changed, clock);
    }

    @Produces
    @Singleton
    Undos undos(Journal journal, UndoLog undos, Signal changed) {
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
