package dev.patchferry.runner.api;

import dev.patchferry.contract.Problem;
import dev.patchferry.runner.redaction.Redactions;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Covers secrets in the problems with which requests are answered: they name paths, and a path may hold a secret. */
class RedactedProblems {
    private final Redactions redactions;

    RedactedProblems(Redactions redactions) {
        this.redactions = redactions;
    }

    @ServerResponseFilter
    public void cover(ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem) {
            response.setEntity(problem.withDetail(redactions.anywhere(problem.detail())));
        }
    }
}
