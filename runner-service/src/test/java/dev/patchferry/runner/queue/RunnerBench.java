package dev.patchferry.runner.queue;

import dev.patchferry.contract.DecisionNote;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.engine.policy.Policies;
import dev.patchferry.foundation.files.DiskSpace;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.HandClock;
import dev.patchferry.runner.Pause;
import dev.patchferry.runner.approval.ApprovalExecutor;
import dev.patchferry.runner.approval.ApprovalExpiry;
import dev.patchferry.runner.approval.ApprovalWork;
import dev.patchferry.runner.approval.Approvals;
import dev.patchferry.runner.approval.ShownChange;
import dev.patchferry.runner.execution.Gates;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.Planner;
import dev.patchferry.runner.execution.UnappliedPatches;
import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.Decision.Made;
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.Offers;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import dev.patchferry.runner.journal.PatchWaiter;
import dev.patchferry.runner.journal.UndoLog;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.redaction.Redactions;
import dev.patchferry.runner.sandbox.Limits;
import dev.patchferry.runner.sandbox.Sandbox;
import dev.patchferry.runner.undo.UndoExecutor;
import dev.patchferry.runner.undo.UndoGate;
import dev.patchferry.runner.undo.UndoWork;
import dev.patchferry.runner.undo.Undos;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A runner without its HTTP side: journal, lanes and the real sandbox over two workspaces of a test's own. */
final class RunnerBench implements AutoCloseable {
    static final WorkspaceName OTHER = new WorkspaceName("other");
    static final Sender SUBMITTER = new Sender("me", List.of("submit"));
    static final Sender OPERATOR = new Sender("ops", List.of("operate"));
    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            1 << 20,
            8 << 20,
            256,
            1L << 30,
            4 << 20,
            64 << 20,
            5_000,
            64 << 20);

    final TemporaryWorkspace workspace;
    final TemporaryWorkspace other;
    final SqliteDatabase database;
    final Journal journal;
    final EventLog events;
    final ChangeCounter changed = new ChangeCounter();
    final Workspaces workspaces;
    final PatchLogs logs;
    final Path files;
    private final Processes processes = new Processes();
    final Undos undos;
    final Approvals approvals;
    final ApprovalExpiry expiry;
    final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    final HandClock clock = new HandClock(Instant.now());
    private final UnappliedPatches unappliedPatches;
    private final Sandbox sandbox;
    private final WorkerTools tools;
    private final WorkspaceWorkers workspaceWorkers;

    RunnerBench(Path folder) throws IOException {
        this(folder, true);
    }

    RunnerBench(Path folder, boolean sandboxed) throws IOException {
        this(folder, folder, sandboxed, Policies.NONE, CommandGrants.NONE);
    }

    /** With the workspaces in one folder and what the runner keeps in another. */
    RunnerBench(Path forWorkspaces, Path folder, boolean sandboxed) throws IOException {
        this(forWorkspaces, folder, sandboxed, Policies.NONE, CommandGrants.NONE);
    }

    RunnerBench(Path folder, Policies policies) throws IOException {
        this(folder, folder, true, policies, CommandGrants.NONE);
    }

    /** A runner whose workspace {@code default} has these surroundings. */
    RunnerBench(Path folder, CommandGrants commandGrants) throws IOException {
        this(folder, folder, true, Policies.NONE, commandGrants);
    }

    private RunnerBench(
            Path forWorkspaces, Path folder, boolean sandboxed, Policies policies, CommandGrants commandGrants)
            throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        workspace = TemporaryWorkspace.between(forWorkspaces, folder).with(commandGrants);
        other = TemporaryWorkspace.named(OTHER, forWorkspaces, folder);
        workspaces = new Workspaces(
                List.of(workspace.workspace(), other.workspace()),
                home,
                workspace.transactions(),
                workspace.undoSpace(),
                sandboxed);
        database = SqliteDatabase.open(home.resolve("journal.db"), "classpath:db/journal");
        Redactions redactions = Redactions.of(
                Map.of(WorkspaceName.DEFAULT, commandGrants.secrets().values(), OTHER, List.of()), List.of());
        events = new EventLog(database, clock, new Random(1), redactions);
        journal = new Journal(database, events, changed, clock, Duration.ofHours(24));
        logs = new PatchLogs(Files.createDirectories(home.resolve("logs")), redactions);
        files = home.resolve("patches");
        PatchFileMirror view = new PatchFileMirror(files, logs, redactions);
        Path scratch = Files.createDirectories(home.resolve("scratch"));
        sandbox = sandboxed
                ? Sandbox.full(processes, LIMITS, scratch, home, workspaces.roots())
                : Sandbox.none(processes, LIMITS, scratch, Map.of("PATH", "/usr/bin:/bin"));
        ApprovalLog approvalLog = new ApprovalLog(database, events, changed, clock);
        Gates gates = new Gates(policies, approvalLog);
        DiskSpaceGuard floor = new DiskSpaceGuard(() -> new DiskSpace.Room(free.get(), Long.MAX_VALUE), 1 << 20);
        PatchExecutor executor = new PatchExecutor(journal, gates, workspaces, sandbox, logs, floor, clock);
        UndoLog undoLog = new UndoLog(database, events, changed, clock);
        undos = new Undos(journal, undoLog, changed);
        UndoExecutor undoExecutor = new UndoExecutor(
                journal, events, undoLog, workspaces, new UndoGate(policies, journal, new Planner(clock)), clock);
        UndoWork undoWork = new UndoWork(undoLog, undoExecutor, workspaces);
        unappliedPatches = new UnappliedPatches(journal, workspaces, view, clock);
        approvals = new Approvals(journal, approvalLog, unappliedPatches, new PatchWaiter(journal, changed));
        expiry = new ApprovalExpiry(approvalLog, unappliedPatches, journal.undecided(), clock);
        ApprovalExecutor approvalExecutor = new ApprovalExecutor(journal, approvalLog, workspaces, clock);
        ApprovalWork approvalWork = new ApprovalWork(journal, approvalLog, approvalExecutor, clock);
        Hindrances hindrances = new Hindrances(workspaces, floor);
        tools = new WorkerTools(
                journal, new Planner(clock), executor, undoWork, approvalWork, hindrances, view, changed);
        workspaceWorkers = new WorkspaceWorkers(workspaces, tools);
    }

    RunnerBench start() throws IOException {
        workspaceWorkers.start();
        return this;
    }

    /** The lane of the workspace {@code default} alone; not started. */
    WorkspaceWorker lane() {
        return new WorkspaceWorker(workspace.workspace(), tools);
    }

    /** Gives a document to the journal. */
    PatchId offer(PatchDocument document) {
        journal.accept(Offers.waiting(document), 100);
        return document.id();
    }

    /** What became of a document that is run now. */
    Receipt run(PatchDocument document) {
        return receipt(offer(document));
    }

    /** A command that tells when it has begun and waits in the workspace {@code default} to be let go. */
    static String waiting(String command) {
        return Pause.command("it") + command;
    }

    void awaitBegun() {
        Awaiting.until(pause()::hasBegun);
    }

    void letGo() throws IOException {
        pause().letGo();
    }

    private Pause pause() {
        return new Pause("it", workspace.transactions());
    }

    /** The folder of a transaction goes after the journal knows of the end. */
    void awaitNoTransaction() {
        Awaiting.until(() -> isEmpty(workspace.transactions()));
    }

    static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    JournaledPatch entry(PatchId id) {
        return journal.find(id).orElseThrow();
    }

    Cancellations.Answer cancel(PatchId id) {
        return new Cancellations(journal, workspaceWorkers, unappliedPatches, tools.view(), clock)
                .cancel(entry(id), "a test");
    }

    /** The patch's own sender asks for it to be taken back, or brought back. */
    Undos.Answer undo(PatchId id, PatchStatus target) {
        return undo(id, target, SUBMITTER, Duration.ofSeconds(20));
    }

    Undos.Answer undo(PatchId id, PatchStatus target, Sender sender, Duration patience) {
        return undos.ask(entry(id), target, sender, Optional.empty(), patience);
    }

    /** Somebody else than the sender decides. */
    Approvals.Answer decide(PatchId id, Verdict verdict, String comment) {
        return approvals.decide(
                entry(id), new Made(verdict, "ops", comment), shown(id, Optional.empty()), Duration.ofSeconds(20));
    }

    /** What somebody says who has looked at all that there is to see. */
    DecisionNote shown(PatchId id, Optional<PatchStatus> about) {
        Optional<String> changeSet =
                ShownChange.of(entry(id), events.receipt(entry(id))).map(ShownChange::changeSet);
        return new DecisionNote("", about, changeSet, true);
    }

    /** Waits until the patch is in this state. */
    void await(PatchId id, PatchStatus status) {
        Awaiting.until(() -> entry(id).status() == status);
    }

    /** Waits for the end of a patch. */
    Receipt receipt(PatchId id) {
        Awaiting.until(() -> entry(id).status().isTerminal());
        return events.receipt(entry(id)).orElseThrow();
    }

    @Override
    public void close() {
        workspaceWorkers.close();
        sandbox.close();
        database.close();
    }
}
