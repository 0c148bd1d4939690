package dev.patchferry.webhook.auth;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What nobody, or somebody without the role, is told. */
public final class AuthProblems {
    static final String CHALLENGE = "Bearer";
    static final String HOW_TO =
            "Send the header Authorization: Bearer TOKEN with a valid token. Nothing was read or stored.";
    static final Problem UNAUTHENTICATED = Problem.of(ProblemType.UNAUTHENTICATED, HOW_TO);
    private static final Problem FORBIDDEN =
            Problem.of(ProblemType.FORBIDDEN, "The roles of this credential do not allow that. Nothing was changed.");

    @ServerExceptionMapper
    public Response nobody(UnauthorizedException e) {
        return respond(UNAUTHENTICATED).build();
    }

    @ServerExceptionMapper
    public Response wrongCredential(AuthenticationFailedException e) {
        if (!(e.getCause() instanceof ProblemException refused)) {
            return respond(UNAUTHENTICATED).build();
        }
        Response.ResponseBuilder response = respond(refused.problem());
        refused.retryAfter().ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
        return response.build();
    }

    @ServerExceptionMapper
    public Response notAllowed(ForbiddenException e) {
        return respond(FORBIDDEN).build();
    }

    private static Response.ResponseBuilder respond(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        return problem.status() == ProblemType.UNAUTHENTICATED.status()
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                : response;
    }
}
