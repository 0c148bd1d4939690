package dev.patchferry.webhook.application;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.webhook.store.Acceptance;
import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RawDocument;
import dev.patchferry.webhook.store.RequestOrigin;
import dev.patchferry.webhook.store.SignedMessage;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Stores patches for callers. */
@Singleton
public class SubmitPatch {
    private final PatchStore store;

    SubmitPatch(PatchStore store) {
        this.store = store;
    }

    /**
     * A valid document that a caller wants to have stored.
     *
     * @param bytes the document as sent
     * @param message what it came in, if its sender signs such
     * @param from where it was sent from
     */
    public record Request(
            PatchDocument document, RawDocument bytes, Optional<SignedMessage> message, RequestOrigin from) {
        private NewPatch by(Caller caller) {
            return new NewPatch(
                    document.id(),
                    document.workspace(),
                    document.hash(),
                    document.rule(),
                    caller.asSender(),
                    bytes,
                    message,
                    from);
        }
    }

    /**
     * A patch that is on disk.
     *
     * @param duplicate whether this id and content were stored before
     */
    public record Submitted(StoredPatch patch, boolean duplicate) {}

    /** Stores a patch, once for each id; durable when it returns. */
    public Result<Submitted> submit(Caller caller, Request request) {
        if (!caller.reach().covers(request.document().workspace())) {
            return Result.refused(
                    new Refusal.WorkspaceNotAllowed(request.document().workspace()));
        }
        return switch (store.accept(request.by(caller))) {
            case Acceptance.Stored(StoredPatch stored) -> Result.ok(new Submitted(stored, false));
            case Acceptance.Duplicate(StoredPatch known)
            when caller.maySee(known) -> Result.ok(new Submitted(known, true));
            case Acceptance.Duplicate(StoredPatch known) -> Result.refused(new Refusal.IdTaken(known.id()));
            case Acceptance.Conflict(StoredPatch existing, PatchId free) ->
                Result.refused(
                        caller.maySee(existing)
                                ? new Refusal.IdConflict(existing, free)
                                : new Refusal.IdTaken(existing.id()));
            case Acceptance.Reused(String message) -> Result.refused(new Refusal.MessageReused(message));
            case Acceptance.NoRoom(String reason) -> Result.refused(new Refusal.NoRoom(reason));
        };
    }
}
