package dev.patchferry.webhook.status;

import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** {@code GET /workspaces}: the runner's own answer. */
@Path("workspaces")
@RunOnVirtualThread
@RolesAllowed(Roles.SUBMIT)
class WorkspacesResource {
    private final RunnerClient runner;

    WorkspacesResource(@RestClient RunnerClient runner) {
        this.runner = runner;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response list() {
        try (Response answer = runner.workspaces()) {
            if (answer.getStatus() != Response.Status.OK.getStatusCode()) {
                throw RunnerProblem.unavailable();
            }
            return Response.ok(answer.readEntity(String.class), MediaType.APPLICATION_JSON)
                    .build();
        } catch (ProcessingException e) {
            throw RunnerProblem.unavailable();
        }
    }
}
