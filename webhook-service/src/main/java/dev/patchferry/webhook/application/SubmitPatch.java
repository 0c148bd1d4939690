package dev.patchferry.webhook.application;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.RateLimit;
import dev.patchferry.webhook.store.Acceptance;
import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RawDocument;
import dev.patchferry.webhook.store.RequestOrigin;
import dev.patchferry.webhook.store.SignedMessage;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stores patches for callers. */
@Singleton
public class SubmitPatch {
    private final PatchStore store;
    private final RateLimit rates;
    private final NewIds ids;

    SubmitPatch(PatchStore store, RateLimit rates, NewIds ids) {
        this.store = store;
        this.rates = rates;
        this.ids = ids;
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
                    new RefusalReason.WorkspaceNotAllowed(request.document().workspace()));
        }
        return submitted(caller, store.accept(request.by(caller)));
    }

    /**
     * Counts a document against the caller's rate and stores it. One without an id gets one; if the same content of the
     * same principal has not ended, it is that patch, whatever happened to this service meanwhile.
     *
     * @param document is changed: gets an id
     */
    public Result<Submitted> submit(Caller caller, ObjectNode document, RequestOrigin from) {
        if (!caller.maySubmit()) {
            return Result.refused(new RefusalReason.NotAllowed());
        }
        try {
            rates.count(caller.principal(), caller.rate());
        } catch (ProblemException e) {
            return Result.refused(new RefusalReason.TooMany(
                    e.problem().detail(), e.retryAfter().orElse(Duration.ofSeconds(1))));
        }
        boolean named = document.hasNonNull("id");
        if (!named) {
            document.put("id", ids.next().value());
        }
        byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
        return switch (PatchDocument.read(bytes)) {
            case PatchDocument.Reading.Invalid invalid ->
                Result.refused(new RefusalReason.InvalidDocument(invalid.faults()));
            case PatchDocument.Reading.NotJson not ->
                Result.refused(new RefusalReason.InvalidDocument(List.of(new FieldFault("", not.detail()))));
            case PatchDocument.Reading.Valid(PatchDocument read) -> {
                Request request = new Request(read, RawDocument.of(bytes), Optional.empty(), from);
                yield named ? submit(caller, request) : submitUnnamed(caller, request);
            }
        };
    }

    private Result<Submitted> submitUnnamed(Caller caller, Request request) {
        WorkspaceName workspace = request.document().workspace();
        return caller.reach().covers(workspace)
                ? submitted(caller, store.acceptUnlessUnderWay(request.by(caller)))
                : Result.refused(new RefusalReason.WorkspaceNotAllowed(workspace));
    }

    private static Result<Submitted> submitted(Caller caller, Acceptance acceptance) {
        return switch (acceptance) {
            case Acceptance.Stored(StoredPatch stored) -> Result.ok(new Submitted(stored, false));
            case Acceptance.Duplicate(StoredPatch known)
            when caller.maySee(known) -> Result.ok(new Submitted(known, true));
            case Acceptance.Duplicate(StoredPatch known) -> Result.refused(new RefusalReason.IdTaken(known.id()));
            case Acceptance.Conflict(StoredPatch existing, PatchId free) ->
                Result.refused(
                        caller.maySee(existing)
                                ? new RefusalReason.IdConflict(existing, free)
                                : new RefusalReason.IdTaken(existing.id()));
            case Acceptance.Reused(String message) -> Result.refused(new RefusalReason.MessageReused(message));
            case Acceptance.NoRoom(String reason) -> Result.refused(new RefusalReason.NoRoom(reason));
        };
    }
}
