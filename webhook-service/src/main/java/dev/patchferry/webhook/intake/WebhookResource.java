package dev.patchferry.webhook.intake;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.store.Acceptance;
import dev.patchferry.webhook.store.CompletionWaiter;
import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.Caller;
import dev.patchferry.webhook.view.Links;
import dev.patchferry.webhook.view.RunnerAbsences;
import dev.patchferry.webhook.view.WaitSeconds;
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
import java.util.Map;
import java.util.Optional;

/** {@code POST /webhook}. */
@Path("webhook")
@RunOnVirtualThread
class WebhookResource {
    private static final String PONG =
            "GitHub's secret is right. Its events are no patches; what is sent here has to be one (docs/api.md).";
    private static final Duration WITHOUT_ROOM = Duration.ofSeconds(30);

    private final PatchStore store;
    private final CompletionWaiter watch;
    private final Admission admission;
    private final SubmissionReader submissionReader;
    private final RunnerAbsences absences;

    WebhookResource(
            PatchStore store,
            CompletionWaiter watch,
            Admission admission,
            SubmissionReader submissionReader,
            RunnerAbsences absences) {
        this.absences = absences;
        this.store = store;
        this.watch = watch;
        this.admission = admission;
        this.submissionReader = submissionReader;
    }

    /** Consumes everything, so that nobody hears about media types before having proved who they are. */
    @POST
    @RolesAllowed({Roles.SUBMIT, Roles.CLAIM})
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response receive(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        submissionReader.greet();
        Duration longest = WaitSeconds.of(uri);
        Caller caller;
        Acceptance acceptance;
        try (Admission.Pass _ = admission.admit(headers.getLength(), submissionReader.isSenderKnown())) {
            switch (submissionReader.read(headers.getMediaType(), body)) {
                case Submission.Ping() -> {
                    return Response.ok(Map.of("status", "ok", "next", PONG)).build();
                }
                case Submission.Patch(Caller sender, NewPatch patch) -> {
                    caller = sender;
                    acceptance = store.accept(patch);
                }
            }
        }
        return switch (acceptance) {
            case Acceptance.Stored(StoredPatch stored) -> answer(stored, longest, false);
            case Acceptance.Duplicate(StoredPatch known) -> answer(seen(caller, known), longest, true);
            case Acceptance.Conflict(StoredPatch existing, PatchId free) ->
                throw conflict(seen(caller, existing), free);
            case Acceptance.Reused(String message) -> throw reused(message);
            case Acceptance.NoRoom(String reason) -> throw noRoom(reason);
        };
    }

    private static ProblemException reused(String message) {
        return new ProblemException(
                ProblemType.MESSAGE_CONFLICT,
                "The webhook-id `" + message
                        + "` was used with another body. Nothing was changed. Send another body under another"
                        + " webhook-id.");
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

    private Response answer(StoredPatch stored, Duration longest, boolean duplicate) {
        StoredPatch patch =
                longest.isZero() ? stored : watch.await(stored.id(), longest).orElse(stored);
        boolean ended = patch.status().isTerminal()
                || (!longest.isZero() && patch.status().endsAWait());
        return Response.status(ended ? Response.Status.OK : Response.Status.ACCEPTED)
                .header(HttpHeaders.LOCATION, Links.of(patch.id()).self())
                .entity(SubmissionResponse.about(patch, duplicate, absences.of(patch)))
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
