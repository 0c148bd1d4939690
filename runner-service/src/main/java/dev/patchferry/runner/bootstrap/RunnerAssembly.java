package dev.patchferry.runner.bootstrap;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.files.DiskSpace;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import dev.patchferry.foundation.redaction.RedactingLogFilter;
import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.foundation.settings.StartRefusal;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.foundation.token.Token;
import dev.patchferry.foundation.token.TokenFile;
import dev.patchferry.runner.approval.ApprovalExpiry;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournalIdentity;
import dev.patchferry.runner.journal.JournalRetention;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.queue.WorkspaceWorkers;
import dev.patchferry.runner.redaction.Redactions;
import dev.patchferry.runner.retention.Retention;
import dev.patchferry.runner.sandbox.Sandbox;
import dev.patchferry.runner.sandbox.WorkspaceLimits;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.WorkspaceLocks;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.commit.UndoBounds;
import dev.patchferry.runner.workspace.commit.UndoSpace;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Puts the runner together, once, and takes it down in order, with {@link QueueAssembly} and {@link ApprovalAssembly}. */
@ApplicationScoped
class RunnerAssembly {
    private static final Logger LOG = Logger.getLogger(RunnerAssembly.class);

    private final RunnerConfig config;
    private final RunnerHome home;
    private final Clock clock = Clock.systemUTC();
    private final ChangeCounter changed = new ChangeCounter();
    private final Processes processes = new Processes();
    private final List<WorkspaceLocks> locks = new ArrayList<>();
    private List<JournaledPatch> ended = List.of();

    RunnerAssembly(RunnerConfig config) throws IOException {
        this.config = config;
        this.home = RunnerHome.in(config.home());
    }

    void start(
            @Observes StartupEvent event,
            WorkspaceWorkers workspaceWorkers,
            Journal journal,
            PatchFileMirror view,
            Retention retention,
            ApprovalExpiry expiry)
            throws IOException {
        ended.forEach(journaledPatch -> view.ended(journaledPatch, journal.document(journaledPatch), restored()));
        workspaceWorkers.start();
        Runtime.getRuntime().addShutdownHook(new Thread(workspaceWorkers::stopping, "stopping"));
        Thread.ofPlatform().name("retention").daemon().start(retention);
        Thread.ofPlatform().name("approvals").daemon().start(expiry);
    }

    void stop(
            @Observes ShutdownEvent event,
            WorkspaceWorkers workspaceWorkers,
            Retention retention,
            ApprovalExpiry expiry,
            Sandbox sandbox,
            SqliteDatabase database) {
        retention.close();
        expiry.close();
        workspaceWorkers.close();
        sandbox.close();
        database.close();
        locks.forEach(WorkspaceLocks::close);
        home.close();
    }

    @Produces
    @Singleton
    Token runnerToken() {
        return Token.of(runnerSecret());
    }

    private String runnerSecret() {
        return SettingException.unlessWrong(() -> TokenFile.secret(
                config.runnerToken(), config.runnerTokenFile(), config.home().toAbsolutePath(), "runner"));
    }

    @Produces
    @Singleton
    Redactions redactions(Workspaces workspaces) {
        Redactions redactions = Redactions.of(
                workspaces.all().stream()
                        .collect(Collectors.toMap(
                                Workspace::name,
                                workspace -> workspace.surroundings().secrets().values())),
                List.of(runnerSecret()));
        RedactingLogFilter.use(redactions::anywhere);
        return redactions;
    }

    @Produces
    @Singleton
    SqliteDatabase database() throws IOException {
        if (!Files.exists(home.journal())) {
            home.setUndoAside();
        }
        return SqliteDatabase.open(home.journal(), Journal.SCHEMA);
    }

    @Produces
    @Singleton
    DiskSpaceGuard floor() {
        return new DiskSpaceGuard(
                DiskSpace.around(home.transactions()),
                config.store().diskFloor().asLongValue());
    }

    @Produces
    @Singleton
    ChangeCounter changed() {
        return changed;
    }

    /** Nobody gets to read a journal that was restored before it has begun anew. */
    @Produces
    @Singleton
    EventLog events(
            SqliteDatabase database, Redactions redactions, PatchLogs logs, @CommandLineArguments String[] arguments)
            throws IOException {
        EventLog events = new EventLog(database, clock, new SecureRandom(), redactions);
        JournalIdentity journalIdentity = new JournalIdentity(database, events);
        boolean told = List.of(arguments).contains("--restored");
        if (told || !journalIdentity.isIn(home.mark())) {
            for (JournaledPatch cutShort : journal(database, events).inStatus(PatchStatus.RUNNING)) {
                logs.settle(cutShort);
            }
            ended = journalIdentity.beginAnew(home.mark(), restored());
            home.setUndoAside();
            LOG.warnf("the journal begins anew after a restore interrupted=%d", ended.size());
        } else {
            journalIdentity.settleIn(home.mark());
        }
        return events;
    }

    @Produces
    @Singleton
    Journal journal(SqliteDatabase database, EventLog events) {
        return new Journal(database, events, changed, clock, config.approval().expires());
    }

    @Produces
    @Singleton
    Sandbox sandbox(Workspaces workspaces) throws IOException {
        WorkspaceLimits limits = LimitSettings.read(config);
        return switch (config.sandbox()) {
            case FULL -> Sandbox.full(processes, limits, home.scratch(), home.ferryHome(), workspaces.roots());
            case NONE -> Sandbox.none(processes, limits, home.scratch(), ownPathAndHome());
        };
    }

    @Produces
    @Singleton
    Workspaces workspaces() throws IOException {
        List<Workspace> all = new ArrayList<>();
        WorkspaceFolders folders = new WorkspaceFolders(config, home);
        folders.secretFiles().requireAll(ConfigProvider.getConfig());
        all.add(folders.standard());
        all.addAll(folders.further());
        GrantedPaths.refuseState(all, home.ferryHome());
        return new Workspaces(
                all,
                home.ferryHome(),
                home.transactions(),
                new UndoSpace(home.undo(), UndoBounds.DEFAULT, clock),
                config.sandbox() == RunnerConfig.SandboxLevel.FULL,
                lock(all)::unavailable);
    }

    private WorkspaceLocks lock(List<Workspace> all) {
        try {
            locks.add(WorkspaceLocks.take(all));
        } catch (WorkspaceLocks.Taken e) {
            throw new StartRefusal(String.valueOf(e.getMessage()));
        }
        return locks.getLast();
    }

    @Produces
    @Singleton
    PatchLogs logs(Redactions redactions) {
        return new PatchLogs(home.logs(), redactions);
    }

    @Produces
    @Singleton
    PatchFileMirror view(PatchLogs logs, Redactions redactions) {
        return new PatchFileMirror(home.patches(), logs, redactions);
    }

    @Produces
    @Singleton
    Retention retention(SqliteDatabase database, PatchLogs logs, PatchFileMirror view) {
        return new Retention(
                new JournalRetention(database, clock),
                logs,
                view,
                config.store().keep(),
                clock);
    }

    private Receipt restored() {
        return Receipt.outcomeUnknown(
                "runner_restored: the runner's state was restored from a copy, or moved to another file system; the patch"
                        + " may have run after that copy was made and is not run now. Look at the workspace before you send"
                        + " it under a new id",
                clock.instant());
    }

    private static Map<String, String> ownPathAndHome() {
        return Map.of(
                "PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                "HOME", System.getProperty("user.home"),
                "LANG", "C.UTF-8",
                "TERM", "dumb",
                "GIT_TERMINAL_PROMPT", "0");
    }
}
