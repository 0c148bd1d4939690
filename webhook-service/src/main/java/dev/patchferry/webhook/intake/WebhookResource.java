package dev.patchferry.webhook.intake;

import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.application.Admission;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.PatchQueries;
import dev.patchferry.webhook.application.SubmitPatch;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.Links;
import dev.patchferry.webhook.view.RefusalProblems;
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
import java.util.Map;

/** {@code POST /webhook}. */
@Path("webhook")
@RunOnVirtualThread
class WebhookResource {
    private static final String PONG =
            "GitHub's secret is right. Its events are no patches; what is sent here has to be one (docs/api.md).";

    private final SubmitPatch submitPatch;
    private final PatchQueries queries;
    private final Admission admission;
    private final SubmissionReader submissionReader;

    WebhookResource(
            SubmitPatch submitPatch, PatchQueries queries, Admission admission, SubmissionReader submissionReader) {
        this.submitPatch = submitPatch;
        this.queries = queries;
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
        Duration wait = WaitSeconds.of(uri);
        SubmitPatch.Submitted submitted;
        try (Admission.Pass _ = admission.admit(headers.getLength(), submissionReader.isSenderKnown())) {
            switch (submissionReader.read(headers.getMediaType(), body)) {
                case Submission.Ping() -> {
                    return Response.ok(Map.of("status", "ok", "next", PONG)).build();
                }
                case Submission.Patch(Caller sender, SubmitPatch.Request request) ->
                    submitted = submitPatch.submit(sender, request).orThrow(RefusalProblems::of);
            }
        }
        return answer(submitted, wait);
    }

    private Response answer(SubmitPatch.Submitted submitted, Duration wait) {
        StoredPatch patch = queries.await(submitted.patch(), wait);
        boolean ended =
                patch.status().isTerminal() || (!wait.isZero() && patch.status().endsAWait());
        return Response.status(ended ? Response.Status.OK : Response.Status.ACCEPTED)
                .header(HttpHeaders.LOCATION, Links.of(patch.id()).self())
                .entity(SubmissionResponse.about(patch, submitted.duplicate(), queries.absence(patch)))
                .build();
    }
}
