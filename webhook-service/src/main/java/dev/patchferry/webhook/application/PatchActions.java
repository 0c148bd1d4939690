package dev.patchferry.webhook.application;

import dev.patchferry.contract.DecisionNote;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.UnansweredException;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.Sender;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Does what a caller asks about a patch. Each action may be repeated when its answer was lost. */
@Singleton
public class PatchActions {
    private final PatchStore store;
    private final PatchQueries queries;
    private final RunnerActions runner;

    PatchActions(PatchStore store, PatchQueries queries, RunnerActions runner) {
        this.store = store;
        this.queries = queries;
        this.runner = runner;
    }

    /**
     * The patch after an action.
     *
     * @param done whether what was asked for is done, and not only under way
     */
    public record Outcome(PatchDetails patch, boolean done) {}

    /** Tries to deliver an undeliverable patch again, for as long as a new one. */
    public Result<Outcome> redeliver(Caller caller, String id) {
        return queries.find(caller, id)
                .then(patch -> store.redeliver(patch.id()) ? now(caller, id) : Result.refused(undeliverable(patch)));
    }

    private static Refusal undeliverable(StoredPatch patch) {
        String detail = patch.droppedAt()
                .map(at -> "Its document was dropped on " + LocalDate.ofInstant(at, ZoneOffset.UTC)
                        + ", long after its end. Nothing was changed. Send it again under a new id.")
                .orElseGet(() -> "Only an undeliverable patch can be delivered again; this one is " + patch.status()
                        + ". Nothing was changed.");
        return new Refusal.WrongState(patch.status(), detail);
    }

    /** Ends a patch: here if it never left, else at the runner, which may have it. */
    public Result<Outcome> cancel(Caller caller, String id) {
        return findToChange(caller, id).then(patch -> cancel(caller, patch));
    }

    private Result<Outcome> cancel(Caller caller, StoredPatch patch) {
        Sender sender = caller.asSender();
        String id = patch.id().value();
        if (store.cancelUnsent(patch.id(), "cancelled: " + sender.principal() + " asked for it")
                || patch.status() == PatchStatus.CANCELLED) {
            return now(caller, id);
        }
        // An interrupted patch may run again by now.
        if (patch.status().isTerminal() && patch.status() != PatchStatus.INTERRUPTED) {
            return Result.refused(new Refusal.WrongState(
                    patch.status(), "The patch has ended (" + patch.status() + "); there is nothing left to cancel."));
        }
        return runner.send(
                        patch,
                        client -> client.cancel(
                                id,
                                sender.principal(),
                                sender.joinedRoles(),
                                patch.hash().hex(),
                                patch.workspace().value()))
                .then(_ -> now(caller, id));
    }

    /**
     * Has the runner take a patch back that took effect, or bring it back. The runner is asked whatever is known here: an
     * undo may wait in its queue. The request names the newest event, so that one that arrives late changes nothing.
     */
    public Result<Outcome> undo(Caller caller, String id, boolean redo) {
        Sender sender = caller.asSender();
        return findToChange(caller, id)
                .then(patch -> runner.current(patch)
                        .then(now -> runner.send(
                                patch,
                                client -> client.undo(id, sender.principal(), sender.joinedRoles(), now.event(), redo)))
                        .then(after -> queries.find(caller, id)
                                .map(shown -> new Outcome(queries.details(shown), after.done()))));
    }

    /** Has the runner execute an interrupted patch as a new attempt. */
    public Result<Outcome> execute(Caller caller, String id) {
        Sender sender = caller.asSender();
        return queries.find(caller, id)
                .then(patch -> runner.current(patch)
                        .then(now -> runner.send(
                                patch,
                                client -> client.execute(id, sender.principal(), sender.joinedRoles(), now.event()))))
                .then(_ -> now(caller, id));
    }

    /** Lets a held patch run, or a proposed one take effect. Never one of the caller's own. */
    public Result<Outcome> approve(Caller caller, String id, DecisionNote note) {
        return decide(caller, id, note, RunnerClient::approve);
    }

    /** Ends a held or proposed patch without effect. Never one of the caller's own. */
    public Result<Outcome> deny(Caller caller, String id, DecisionNote note) {
        return decide(caller, id, note, RunnerClient::deny);
    }

    private interface Verdict {
        RunnerReply tell(RunnerClient runner, String id, String principal, String roles, String hash, byte[] note)
                throws UnansweredException;
    }

    /** The one place where a decision is known to have been taken, by whom and with which words. */
    private Result<Outcome> decide(Caller caller, String id, DecisionNote note, Verdict verdict) {
        Sender decider = caller.asSender();
        return queries.find(caller, id)
                .then(patch -> patch.principal().equals(decider.principal())
                        ? Result.refused(new Refusal.OwnPatch())
                        : runner.send(
                                patch,
                                client -> verdict.tell(
                                        client,
                                        id,
                                        decider.principal(),
                                        decider.joinedRoles(),
                                        patch.hash().hex(),
                                        note.json())))
                .then(_ -> now(caller, id));
    }

    private Result<StoredPatch> findToChange(Caller caller, String id) {
        return queries.find(caller, id)
                .then(patch -> caller.mayChange(patch) ? Result.ok(patch) : Result.refused(new Refusal.NotYours()));
    }

    private Result<Outcome> now(Caller caller, String id) {
        return queries.find(caller, id)
                .map(patch -> new Outcome(queries.details(patch), patch.status().isTerminal()));
    }
}
