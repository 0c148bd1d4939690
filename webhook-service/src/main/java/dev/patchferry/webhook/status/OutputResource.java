package dev.patchferry.webhook.status;

import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.runner.RunnerStream;
import dev.patchferry.webhook.runner.RunnerStreams;
import dev.patchferry.webhook.store.StoredPatch;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /patches/{id}/log} and {@code /diff}: passed on from the runner as they arrive, never held whole. They are text,
 * whatever a reader says that it accepts: a client that accepts JSON alone everywhere is told, and not turned away.
 */
@Path("patches/{id}")
@RunOnVirtualThread
@RolesAllowed({Roles.SUBMIT, Roles.VIEW})
@Produces(MediaType.WILDCARD)
class OutputResource {
    private static final String REVIEW = "review";
    private static final String RANGE = "Range";
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final List<String> PASSED_ON = List.of("Content-Range", "Accept-Ranges", HttpHeaders.CONTENT_LENGTH);

    private final VisiblePatches patches;
    private final RunnerStreams runner;

    OutputResource(VisiblePatches patches, RunnerStreams runner) {
        this.patches = patches;
        this.runner = runner;
    }

    @GET
    @Path("log")
    public Response log(
            @PathParam("id") String id,
            @QueryParam("offset") @Nullable String offset,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("tail") @Nullable String tail,
            @HeaderParam(RANGE) @Nullable String range) {
        if (tail != null && (offset != null || limit != null)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "Give either `tail`, or `offset` and `limit`; not both.");
        }
        String query = parameter("offset", offset) + parameter("limit", limit) + parameter("tail", tail);
        String path = query.isEmpty() ? "log" : "log?" + query.substring(1);
        return passOn(patches.get(id), path, range == null ? Map.of() : Map.of(RANGE, range));
    }

    private static String parameter(String name, @Nullable String value) {
        if (value == null) {
            return "";
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    name + " must be a whole number of bytes from 0 on, for example " + name + "=4096.");
        }
        return "&" + name + "=" + value;
    }

    @GET
    @Path("diff")
    public Response diff(@PathParam("id") String id, @QueryParam("view") @Nullable String view) {
        if (view != null && !view.equals(REVIEW)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "view is review, or left out for the diff as git applies it.");
        }
        return passOn(patches.get(id), view == null ? "diff" : "diff?view=" + REVIEW, Map.of());
    }

    private Response passOn(StoredPatch patch, String what, Map<String, String> headers) {
        if (!patch.forwarded()) {
            return Response.ok("", TEXT).build();
        }
        try {
            RunnerStream stream = runner.get("/patches/" + patch.id() + "/" + what, headers, SILENCE);
            return switch (stream.status()) {
                case 200, 206 -> text(stream);
                default -> throw refused(stream);
            };
        } catch (IOException e) {
            throw RunnerProblem.unavailable();
        }
    }

    private static Response text(RunnerStream stream) {
        StreamingOutput body = out -> {
            try (stream) {
                stream.body().transferTo(out);
            }
        };
        Response.ResponseBuilder response =
                Response.status(stream.status()).type(TEXT).entity(body);
        PASSED_ON.forEach(name -> stream.header(name).ifPresent(value -> response.header(name, value)));
        return response.build();
    }

    private static ProblemException refused(RunnerStream stream) throws IOException {
        try (stream) {
            return switch (stream.status()) {
                case 404 ->
                    new ProblemException(
                            ProblemType.NOT_FOUND, "The runner keeps no output of this patch, or no longer.");
                case 416 ->
                    RunnerProblem.read(stream.body().readAllBytes())
                            .map(ProblemException::new)
                            .orElseGet(() -> new ProblemException(
                                    ProblemType.RANGE_NOT_SATISFIABLE, "There is nothing at that offset yet."));
                default -> RunnerProblem.unavailable();
            };
        }
    }
}
