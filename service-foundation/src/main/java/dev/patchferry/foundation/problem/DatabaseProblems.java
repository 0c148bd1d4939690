package dev.patchferry.foundation.problem;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jdbi.v3.core.JdbiException;

/** A database that cannot be used is not the sender's fault and not the end: 503, and never a 2xx. */
public final class DatabaseProblems {
    private static final Logger LOG = Logger.getLogger(DatabaseProblems.class);
    private static final int RETRY_SECONDS = 10;
    private static final Problem UNAVAILABLE = Problem.of(
            ProblemType.STORE_UNAVAILABLE,
            "The store cannot be used right now, so nothing was accepted or changed. Send the same again in a while; the"
                    + " same id and content is never run twice.");

    @ServerExceptionMapper
    public Response unavailable(JdbiException e) {
        LOG.error("database cannot be used", e);
        return Response.status(UNAVAILABLE.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .entity(UNAVAILABLE)
                .build();
    }
}
