package dev.patchferry.webhook.mcp;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.http.RequestBody;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.application.Admission;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.auth.SourceAddress;
import dev.patchferry.webhook.store.RequestOrigin;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /mcp}: one message of the Model Context Protocol, answered with JSON. Other methods are answered 405. */
@Path("mcp")
@RunOnVirtualThread
@RolesAllowed({Roles.READ, Roles.SUBMIT, Roles.VIEW})
class McpResource {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final McpServer server;
    private final Admission admission;
    private final SecurityIdentity identity;

    McpResource(McpServer server, Admission admission, SecurityIdentity identity) {
        this.server = server;
        this.admission = admission;
        this.identity = identity;
    }

    /** The memory for a body is given back once it is parsed, so that nobody who waits for a patch holds any. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.WILDCARD)
    public Response receive(@Context RoutingContext context, @Context HttpHeaders headers, InputStream body) {
        HttpServerRequest request = context.request();
        requireOwnOrigin(request.getHeader("Origin"));
        requireJson(headers.getMediaType());
        RpcMessage message;
        try (Admission.Pass _ = admission.admit(headers.getLength(), true)) {
            message = RpcMessage.read(RequestBody.read(body));
        }
        RpcAnswer answer = server.answer(
                message,
                RpcHeaders.of(request.headers()),
                Caller.of(identity),
                new RequestOrigin(SourceAddress.peer(request), SourceAddress.claimed(request)),
                call -> call.noteIn(context));
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.body()
                .ifPresent(json -> response.type(MediaType.APPLICATION_JSON).entity(json.toString()));
        return response.build();
    }

    /** A page in a browser says where it came from, and has no business here unless it was served by this machine. */
    private static void requireOwnOrigin(@Nullable String origin) {
        if (origin != null && host(origin).filter(LOOPBACK::contains).isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemType.FORBIDDEN,
                    "Pages of this origin may not call this. Connect with an MCP client, which sends no Origin."));
        }
    }

    private static Optional<String> host(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void requireJson(@Nullable MediaType type) {
        if (type == null || !MediaType.APPLICATION_JSON_TYPE.isCompatible(type) || type.isWildcardType()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send JSON with the header Content-Type: application/json.");
        }
    }
}
