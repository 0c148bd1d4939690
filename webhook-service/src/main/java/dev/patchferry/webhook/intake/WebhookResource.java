package dev.patchferry.webhook.intake;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.http.RequestBody;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.store.Acceptance;
import dev.patchferry.webhook.store.EndWatch;
import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RawDocument;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.Caller;
import dev.patchferry.webhook.view.Links;
import dev.patchferry.webhook.view.WaitSeconds;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /webhook}. */
@Path("webhook")
@RunOnVirtualThread
class WebhookResource {
    private static final Duration WITHOUT_ROOM = Duration.ofSeconds(30);

    private final PatchStore store;
    private final EndWatch watch;
    private final Admission admission;
    private final SecurityIdentity identity;

    WebhookResource(PatchStore store, EndWatch watch, Admission admission, SecurityIdentity identity) {
        this.store = store;
        this.watch = watch;
        this.admission = admission;
        this.identity = identity;
    }

    /** Consumes everything, so that nobody hears about media types before having proved who they are. */
    @POST
    @RolesAllowed(Roles.SUBMIT)
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response receive(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        Duration longest = WaitSeconds.of(uri);
        requireJson(headers.getMediaType());
        Caller caller = Caller.of(identity);
        return switch (accept(body, headers.getLength(), caller)) {
            case Acceptance.Stored(StoredPatch stored) -> answer(stored, longest, false);
            case Acceptance.Duplicate(StoredPatch known) -> answer(seen(caller, known), longest, true);
            case Acceptance.Conflict(StoredPatch existing, PatchId free) ->
                throw conflict(seen(caller, existing), free);
            case Acceptance.NoRoom(String reason) -> throw noRoom(reason);
        };
    }

    private Acceptance accept(InputStream body, int announced, Caller caller) {
        try (Admission.Pass _ = admission.admit(announced)) {
            return store.accept(read(body, caller));
        }
    }

    private static NewPatch read(InputStream body, Caller caller) {
        byte[] bytes = RequestBody.read(body);
        PatchDocument document = RequestBody.document(bytes);
        return new NewPatch(
                document.id(), document.workspace(), document.hash(), caller.asSender(), RawDocument.of(bytes));
    }

    private static ProblemException noRoom(String reason) {
        return new ProblemException(
                Problem.of(
                        ProblemType.STORE_UNAVAILABLE,
                        "Nothing new can be stored right now: " + reason
                                + ". Nothing of this patch was stored; send the" + " same again later."),
                Optional.of(WITHOUT_ROOM));
    }

    /** The patch, if it is one the caller may see; else as little as can be said about somebody else's. */
    private static StoredPatch seen(Caller caller, StoredPatch patch) {
        if (!caller.maySee(patch)) {
            throw new ProblemException(
                    ProblemType.ID_CONFLICT,
                    "`" + patch.id() + "` is taken. Nothing was changed. Send it again under a new id of your own.");
        }
        return patch;
    }

    private static void requireJson(@Nullable MediaType type) {
        if (type == null || !MediaType.APPLICATION_JSON_TYPE.isCompatible(type) || type.isWildcardType()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send JSON with the header Content-Type: application/json.");
        }
    }

    private Response answer(StoredPatch stored, Duration longest, boolean duplicate) {
        StoredPatch patch =
                longest.isZero() ? stored : watch.await(stored.id(), longest).orElse(stored);
        boolean ended = patch.status().isTerminal()
                || (!longest.isZero() && patch.status().endsAWait());
        return Response.status(ended ? Response.Status.OK : Response.Status.ACCEPTED)
                .header(HttpHeaders.LOCATION, Links.of(patch.id()).self())
                .entity(Answer.about(patch, duplicate))
                .build();
    }

    private static ProblemException conflict(StoredPatch existing, PatchId free) {
        String detail = "`%s` was used on %s with other content (now %s). Nothing was changed."
                        .formatted(
                                existing.id(),
                                LocalDate.ofInstant(existing.acceptedAt(), ZoneOffset.UTC),
                                existing.status())
                + " Send it again under a new id, for example `%s`.".formatted(free);
        return new ProblemException(Problem.of(ProblemType.ID_CONFLICT, detail).about(existing.status()));
    }
}
