package dev.patchferry.webhook.status;

import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.OutputText;
import dev.patchferry.webhook.application.PatchOutput;
import dev.patchferry.webhook.application.Result;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.view.RefusalProblems;
import io.quarkus.security.identity.SecurityIdentity;
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
import java.util.List;
import java.util.Optional;
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
    private static final List<String> PASSED_ON = List.of("Content-Range", "Accept-Ranges", HttpHeaders.CONTENT_LENGTH);

    private final PatchOutput output;
    private final SecurityIdentity identity;

    OutputResource(PatchOutput output, SecurityIdentity identity) {
        this.output = output;
        this.identity = identity;
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
        String part = query.isEmpty() ? "" : query.substring(1);
        return passOn(output.log(Caller.of(identity), id, new PatchOutput.LogPart(part, Optional.ofNullable(range))));
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
        return passOn(output.diff(Caller.of(identity), id, view != null));
    }

    private static Response passOn(Result<Optional<OutputText>> output) {
        Optional<OutputText> text = output.orThrow(RefusalProblems::of);
        if (text.isEmpty()) {
            return Response.ok("", TEXT).build();
        }
        StreamingOutput body = out -> {
            try (OutputText source = text.get()) {
                source.writeTo(out);
            }
        };
        Response.ResponseBuilder response =
                Response.status(text.get().status()).type(TEXT).entity(body);
        PASSED_ON.forEach(name -> text.get().header(name).ifPresent(value -> response.header(name, value)));
        return response.build();
    }
}
