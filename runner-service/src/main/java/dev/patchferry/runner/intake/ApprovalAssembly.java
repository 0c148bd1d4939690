package dev.patchferry.runner.intake;

import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.execution.ApprovalExecutor;
import dev.patchferry.runner.execution.Gates;
import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.Signal;
import dev.patchferry.runner.logs.FileView;
import dev.patchferry.runner.policy.Policies;
import dev.patchferry.runner.queue.ApprovalExpiry;
import dev.patchferry.runner.queue.ApprovalWork;
import dev.patchferry.runner.queue.Approvals;
import dev.patchferry.runner.queue.Awaiter;
import dev.patchferry.runner.queue.Undecided;
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
    ApprovalLog log(SqliteDatabase database, EventLog events, Signal changed) {
        return new ApprovalLog(database, events, changed, clock);
    }

    @Produces
    @Singleton
    Undecided undecided(Journal journal, Workspaces workspaces, FileView view) {
        return new Undecided(journal, workspaces, view, clock);
    }

    @Produces
    @Singleton
    Awaiter awaiter(Journal journal, Signal changed) {
        return new Awaiter(journal, changed);
    }

    @Produces
    @Singleton
    Approvals approvals(Journal journal, ApprovalLog log, Undecided undecided, Awaiter awaiter) {
        return new Approvals(journal, log, undecided, awaiter);
    }

    @Produces
    @Singleton
    ApprovalExpiry expiry(ApprovalLog log, Undecided undecided, Journal journal) {
        return new ApprovalExpiry(log, undecided, journal.undecided(), clock);
    }

    @Produces
    @Singleton
    ApprovalWork work(Journal journal, ApprovalLog log, Workspaces workspaces) {
        return new ApprovalWork(journal, log, new ApprovalExecutor(journal, log, workspaces, clock), clock);
    }
}
