package dev.patchferry.foundation.problem;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a request ended with into a problem. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final AllowedMethods allowed;

    ProblemMappers(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        Response.ResponseBuilder response = respond(e.problem());
        e.retryAfter().ifPresent(after -> response.header(HttpHeaders.RETRY_AFTER, Math.max(1, after.toSeconds())));
        return response.build();
    }

    /** What the framework itself refuses: unknown paths, methods, media types, parameters of the wrong kind. */
    @ServerExceptionMapper
    public Response refusedByTheFramework(WebApplicationException e, UriInfo uri, Request request) {
        int status = e.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(e);
        }
        return switch (status) {
            case 401 ->
                respond(Problem.of(ProblemType.UNAUTHENTICATED, "Send a valid credential."))
                        .build();
            case 403 ->
                respond(Problem.of(ProblemType.FORBIDDEN, "This credential may not do that."))
                        .build();
            case 404, 405 -> notHere(request.getMethod(), uri.getPath());
            case 406 ->
                respond(Problem.of(ProblemType.NOT_ACCEPTABLE, "Ask for application/json, or leave Accept out."))
                        .build();
            case 413 ->
                respond(Problem.of(ProblemType.TOO_LARGE, "Send a smaller body."))
                        .build();
            case 415 ->
                respond(Problem.of(
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                "Send JSON with the header Content-Type: application/json."))
                        .build();
            default ->
                respond(Problem.of(ProblemType.BAD_REQUEST, "The request to " + uri.getPath() + " cannot be read."))
                        .build();
        };
    }

    /** The framework says 404 instead of 405 for some paths that several resources share, so this decides itself. */
    private Response notHere(String method, String path) {
        List<String> methods = allowed.of(path);
        if (methods.isEmpty() || methods.contains(method)) {
            return respond(Problem.of(
                            ProblemType.NOT_FOUND,
                            "There is no resource at this path. GET /openapi.yaml of the webhook service lists what there"
                                    + " is."))
                    .build();
        }
        String all = String.join(", ", methods);
        return respond(Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This path allows " + all + "."))
                .header(HttpHeaders.ALLOW, all)
                .build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable e) {
        LOG.error("request failed", e);
        return respond(Problem.of(
                        ProblemType.INTERNAL,
                        "Nothing is known to have changed. Ask GET /patches/{id} what became of a patch before you"
                                + " send it again; the same id and content is never run twice."))
                .build();
    }

    private static Response.ResponseBuilder respond(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }
}
