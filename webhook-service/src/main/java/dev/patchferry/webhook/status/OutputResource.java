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
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
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
    private static final Logger LOG = Logger.getLogger(OutputResource.class);
    private static final String REVIEW = "review";
    private static final String RANGE = "Range";
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final int BEGINNING = 64 << 10;
    private static final long MAX_OUTPUT = 4L << 30;
    private static final Duration LONGEST = Duration.ofHours(1);
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
            RunnerStream stream = runner.get("/patches/" + patch.id() + "/" + what, headers);
            return switch (stream.status()) {
                case 200, 206 -> text(stream);
                default -> throw refused(stream);
            };
        } catch (IOException e) {
            LOG.infof("no output patchId=%s reason=%s", patch.id(), e.getMessage());
            throw RunnerProblem.unanswered();
        }
    }

    /** Nothing is answered before enough has arrived: what is short is whole, or the answer is 503. */
    private static Response text(RunnerStream stream) throws IOException {
        byte[] beginning;
        try {
            requireText(stream);
            beginning = stream.beginning(BEGINNING);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
        StreamingOutput body = out -> {
            try (stream) {
                out.write(beginning);
                if (beginning.length == BEGINNING) {
                    copyRest(stream, out);
                }
            }
        };
        Response.ResponseBuilder response =
                Response.status(stream.status()).type(TEXT).entity(body);
        PASSED_ON.forEach(name -> stream.header(name).ifPresent(value -> response.header(name, value)));
        return response.build();
    }

    /** A page of something else that answers in the runner's place is nobody's output. */
    private static void requireText(RunnerStream stream) throws IOException {
        String type = stream.header(HttpHeaders.CONTENT_TYPE).orElse(TEXT);
        if (!type.startsWith(MediaType.TEXT_PLAIN)) {
            throw new IOException("the runner answers output with " + type);
        }
        if (stream.header(HttpHeaders.CONTENT_LENGTH)
                .or(() -> stream.header("Transfer-Encoding"))
                .isEmpty()) {
            throw new IOException("the head of the runner's answer was cut");
        }
    }

    /** No log is longer and no reader slower than this; an answer that goes on is none of the runner's. */
    private static void copyRest(RunnerStream stream, OutputStream out) throws IOException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        byte[] buffer = new byte[BEGINNING];
        long copied = 0;
        for (int read = stream.body().read(buffer);
                read >= 0;
                read = stream.body().read(buffer)) {
            copied += read;
            if (copied > MAX_OUTPUT || System.nanoTime() - deadline > 0) {
                throw new IOException("the runner's output does not end");
            }
            out.write(buffer, 0, read);
        }
        stream.requireAll(BEGINNING + copied);
    }

    private static ProblemException refused(RunnerStream stream) throws IOException {
        try (stream) {
            Problem problem = RunnerProblem.read(stream.status(), stream.beginning(BEGINNING))
                    .orElseThrow(RunnerProblem::unanswered);
            return switch (stream.status()) {
                case 404 ->
                    new ProblemException(
                            ProblemType.NOT_FOUND, "The runner keeps no output of this patch, or no longer.");
                case 416 -> new ProblemException(problem);
                default -> RunnerProblem.unanswered();
            };
        }
    }
}
