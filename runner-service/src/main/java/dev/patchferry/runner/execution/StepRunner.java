package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.logs.RedactedLog;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.sandbox.Command;
import dev.patchferry.runner.sandbox.CommandResult;
import dev.patchferry.runner.sandbox.Limit;
import dev.patchferry.runner.sandbox.Limits;
import dev.patchferry.runner.sandbox.Sandbox;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.StepResult;
import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Does the steps of one patch and writes down each. Used by one thread. */
final class StepRunner {
    private static final int TIMEOUT_CODE = 124;
    private static final int SIGNAL_BASE = 128;
    private static final int KILL = 9;
    private static final int TERM = 15;
    /** So much of what a command wrote last is searched for what stood in its way. */
    private static final int LOOKED_AT = 32 << 10;
    /** For word that the runner is being stopped, too: when that is likely, and when it is not. */
    private static final Duration LONG_LOOK = Duration.ofSeconds(1);

    private static final Duration SHORT_LOOK = Duration.ofMillis(50);
    private static final String[] SIGNALS = {
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };

    private final Workspace workspace;
    private final CommandGrants commandGrants;
    private final Transaction transaction;
    private final Sandbox sandbox;
    private final RedactedLog log;
    private final ReceiptDraft draft;
    private final Cancellation cancellation;
    private final OptionalInt timeoutSeconds;
    private final long begun = System.nanoTime();
    /** Whether the command that ran last was ended by TERM, or so that nobody can tell. */
    private boolean endedByTerm;

    /**
     * Begins.
     *
     * @param timeoutSeconds what the document asks for each command
     */
    StepRunner(
            Workspace workspace,
            CommandGrants commandGrants,
            Transaction transaction,
            Sandbox sandbox,
            RedactedLog log,
            ReceiptDraft draft,
            Cancellation cancellation,
            OptionalInt timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
        this.workspace = workspace;
        this.commandGrants = commandGrants;
        this.transaction = transaction;
        this.sandbox = sandbox;
        this.log = log;
        this.draft = draft;
        this.cancellation = cancellation;
    }

    /** Does one step; the outcome of the whole patch if the step ends it. */
    Optional<Outcome> run(Step step) throws IOException {
        Optional<Cancellation.Request> request = cancellation.requested();
        if (request.isPresent()) {
            return request.map(Outcome::of);
        }
        return switch (step) {
            case Step.FileStep fileStep -> apply(fileStep);
            case Step.Run run -> command(run);
        };
    }

    /** After the last step: the outcome if the change is larger than a patch may make. */
    Optional<Outcome> ifTooLarge() throws IOException {
        return limits().overChange(size()).map(reason -> new Outcome(PatchStatus.FAILED, reason));
    }

    /** What the patch has written; counted to a little over what it may. */
    Trees.Size size() throws IOException {
        return transaction.size(limits().changeBytes(), limits().changeFiles());
    }

    private Limits limits() {
        return sandbox.limits(workspace.name());
    }

    private Optional<Outcome> apply(Step.FileStep step) throws IOException {
        long start = System.nanoTime();
        StepResult result = transaction.apply(step);
        Optional<String> grade = result instanceof StepResult.Done done ? done.matchGrade() : Optional.empty();
        draft.did(new Receipt.Step(
                step.kind(), step.summary(), Optional.empty(), Optional.empty(), millisSince(start), grade));
        return switch (result) {
            case StepResult.Done _ -> Optional.empty();
            case StepResult.Refused(String reason) ->
                Optional.of(new Outcome(PatchStatus.FAILED, step.kind() + "_refused: " + reason));
        };
    }

    private Optional<Outcome> command(Step.Run step) throws IOException {
        Optional<Outcome> end = outcome(step);
        boolean stopped = end.filter(outcome -> outcome.status() == PatchStatus.FAILED)
                .filter(_ -> cancellation.failedWithTheRunner(endedByTerm ? LONG_LOOK : SHORT_LOOK))
                .isPresent();
        return stopped
                ? Optional.of(new Outcome(
                        PatchStatus.INTERRUPTED,
                        "runner_stopped: the runner was stopped, and " + step.summary() + " with it"))
                : end;
    }

    private Optional<Outcome> outcome(Step.Run step) throws IOException {
        endedByTerm = true;
        long start = System.nanoTime();
        Duration used = Duration.ofNanos(System.nanoTime() - begun);
        TimeLimit limit = TimeLimit.of(limits(), step.purpose(), timeoutSeconds, used);
        long logged = PatchLogs.size(log.file());
        return switch (run(step, limit.duration(), logged)) {
            case CommandResult.NoSandbox(String reason) -> {
                record(step, start, Optional.empty(), Optional.empty());
                yield Optional.of(new Outcome(PatchStatus.FAILED, "sandbox_unavailable: " + reason));
            }
            case CommandResult.Escaped() -> {
                record(step, start, Optional.empty(), Optional.empty());
                yield Optional.of(new Outcome(
                        PatchStatus.FAILED,
                        "escaped_descriptor: after " + step.summary()
                                + " ended, a process outside of the sandbox still had"
                                + " a file of the patch open for writing; nothing of it can be trusted"));
            }
            case CommandResult.Ran(Exit exit, int left, long dropped, Optional<String> hint) -> {
                note(step, left, dropped);
                if (exit.equals(new Exit.Ended(0))) {
                    hint.ifPresent(text -> draft.note(step.summary() + " " + text));
                }
                Optional<Outcome> end = ended(step, start, exit, limit);
                yield end.isPresent() ? Optional.of(explained(end.get(), step, exit, hint, logged)) : end;
            }
        };
    }

    /** Runs it; afterwards its output is as readers may see it. */
    private CommandResult run(Step.Run step, Duration limit, long before) throws IOException {
        try {
            return sandbox.run(
                    new Command(step.command(), workspace, transaction, log.file(), limit, commandGrants),
                    cancellation);
        } finally {
            log.settle(before);
        }
    }

    /** A failure with what stood in the command's way, if that can be told. */
    private Outcome explained(Outcome outcome, Step.Run step, Exit exit, Optional<String> hint, long logged)
            throws IOException {
        if (outcome.status() != PatchStatus.FAILED) {
            return outcome;
        }
        if (hint.isPresent()) {
            return outcome.because("it " + hint.get());
        }
        int length = Math.clamp(PatchLogs.size(log.file()) - logged, 0, LOOKED_AT);
        return StepAdvice.about(PatchLogs.tail(log.file(), length), commandGrants, workspace)
                .or(() -> StepAdvice.aboutQuiet(step.command(), exit, commandGrants, workspace))
                .map(outcome::because)
                .orElse(outcome);
    }

    private Optional<Outcome> ended(Step.Run step, long start, Exit exit, TimeLimit limit) {
        return switch (exit) {
            case Exit.Ended(int code) -> {
                Optional<String> signal = signal(code);
                endedByTerm = code == SIGNAL_BASE + TERM;
                record(step, start, Optional.of(code), signal);
                yield code == 0 ? Optional.empty() : Optional.of(failed(step, code, signal));
            }
            case Exit.TimedOut() -> {
                record(step, start, Optional.of(TIMEOUT_CODE), Optional.empty());
                yield Optional.of(new Outcome(
                        PatchStatus.TIMED_OUT,
                        "timeout: " + step.summary() + " was ended after "
                                + limit.duration().toSeconds() + " s; " + limit.source()));
            }
            case Exit.OverLimit(String passed) -> {
                record(step, start, Optional.of(SIGNAL_BASE + KILL), Optional.of("KILL"));
                yield Optional.of(new Outcome(PatchStatus.FAILED, passed + "; " + step.summary() + " was ended"));
            }
            case Exit.Cancelled(Cancellation.Request request) -> {
                record(step, start, Optional.empty(), Optional.empty());
                yield Optional.of(Outcome.of(request));
            }
        };
    }

    private static Outcome failed(Step.Run step, int code, Optional<String> signal) {
        String how = signal.map(name -> " (128 + signal " + name + ")").orElse("");
        return new Outcome(PatchStatus.FAILED, "exit_code: " + step.summary() + " ended with exit code " + code + how);
    }

    private void note(Step.Run step, int left, long dropped) {
        if (left > 0) {
            draft.note(step.summary() + " left " + left + (left == 1 ? " process" : " processes")
                    + " running; ended with the step");
        }
        if (dropped > 0) {
            draft.note("output of " + step.summary() + " was over the limit; at least " + dropped
                    + " bytes of it were dropped; " + limits().inForce(Limit.OUTPUT));
        }
    }

    private void record(Step.Run step, long start, Optional<Integer> code, Optional<String> signal) {
        draft.did(new Receipt.Step(step.kind(), step.summary(), code, signal, millisSince(start), Optional.empty()));
    }

    /** A shell reports 128+n for a command that signal n ended; so does a command that says {@code exit 137} itself. */
    private static Optional<String> signal(int code) {
        int number = code - SIGNAL_BASE;
        return number >= 1 && number <= SIGNALS.length ? Optional.of(SIGNALS[number - 1]) : Optional.empty();
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
