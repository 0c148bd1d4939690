package dev.patchferry.webhook.auth;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What nobody, or somebody without the role, is told. */
public final class AuthProblems {
    static final String CHALLENGE = "Bearer";
    static final Problem UNAUTHENTICATED = Problem.of(
            ProblemType.UNAUTHENTICATED,
            "Send the header Authorization: Bearer TOKEN with a valid token. Nothing was read or stored.");
    private static final Problem FORBIDDEN =
            Problem.of(ProblemType.FORBIDDEN, "Only an operator may do that. Nothing was changed.");

    @ServerExceptionMapper
    public Response nobody(UnauthorizedException e) {
        return unauthenticated();
    }

    @ServerExceptionMapper
    public Response unknownToken(AuthenticationFailedException e) {
        return unauthenticated();
    }

    @ServerExceptionMapper
    public Response notAllowed(ForbiddenException e) {
        return Response.status(FORBIDDEN.status())
                .type(Problem.MEDIA_TYPE)
                .entity(FORBIDDEN)
                .build();
    }

    private static Response unauthenticated() {
        return Response.status(UNAUTHENTICATED.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                .entity(UNAUTHENTICATED)
                .build();
    }
}
