package dev.patchferry.runner.bootstrap;

import dev.patchferry.engine.policy.Policies;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.approval.ApprovalExecutor;
import dev.patchferry.runner.approval.ApprovalExpiry;
import dev.patchferry.runner.approval.ApprovalWork;
import dev.patchferry.runner.approval.Approvals;
import dev.patchferry.runner.execution.Gates;
import dev.patchferry.runner.execution.UnappliedPatches;
import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.PatchWaiter;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;

/** The parts of the runner that are about what its owner and other people decide. */
@ApplicationScoped
class ApprovalAssembly {
    private final Clock clock = Clock.systemUTC();

    @Produces
    @Singleton
    Policies policies(RunnerConfig config) throws IOException {
        return new PolicySettings(config).policies();
    }

    @Produces
    @Singleton
    Gates gates(Policies policies, ApprovalLog log) {
        return new Gates(policies, log);
    }

    @Produces
    @Singleton
    ApprovalLog log(SqliteDatabase database, EventLog events, ChangeCounter changed) {
        return new ApprovalLog(database, events, changed, clock);
    }

    @Produces
    @Singleton
    UnappliedPatches undecided(Journal journal, Workspaces workspaces, PatchFileMirror view) {
        return new UnappliedPatches(journal, workspaces, view, clock);
    }

    @Produces
    @Singleton
    PatchWaiter awaiter(Journal journal, ChangeCounter changed) {
        return new PatchWaiter(journal, changed);
    }

    @Produces
    @Singleton
    Approvals approvals(Journal journal, ApprovalLog log, UnappliedPatches unappliedPatches, PatchWaiter patchWaiter) {
        return new Approvals(journal, log, unappliedPatches, patchWaiter);
    }

    @Produces
    @Singleton
    ApprovalExpiry expiry(ApprovalLog log, UnappliedPatches unappliedPatches, Journal journal) {
        return new ApprovalExpiry(log, unappliedPatches, journal.undecided(), clock);
    }

    @Produces
    @Singleton
    ApprovalWork work(Journal journal, ApprovalLog log, Workspaces workspaces) {
        return new ApprovalWork(journal, log, new ApprovalExecutor(journal, log, workspaces, clock), clock);
    }
}
