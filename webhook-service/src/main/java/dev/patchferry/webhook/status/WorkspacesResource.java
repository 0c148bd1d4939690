package dev.patchferry.webhook.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.auth.Reach;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.view.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** {@code GET /workspaces}: the runner's own answer, as far as the caller may use what is in it. */
@Path("workspaces")
@RunOnVirtualThread
@RolesAllowed({Roles.SUBMIT, Roles.VIEW})
class WorkspacesResource {
    private final RunnerClient runner;
    private final SecurityIdentity identity;

    WorkspacesResource(@RestClient RunnerClient runner, SecurityIdentity identity) {
        this.runner = runner;
        this.identity = identity;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response list() {
        try (Response answer = runner.workspaces()) {
            if (answer.getStatus() != Response.Status.OK.getStatusCode()) {
                throw RunnerProblem.unavailable();
            }
            String all = answer.readEntity(String.class);
            return Response.ok(reachable(all, Caller.of(identity).reach()), MediaType.APPLICATION_JSON)
                    .build();
        } catch (ProcessingException e) {
            throw RunnerProblem.unavailable();
        }
    }

    private static String reachable(String all, Reach reach) {
        if (reach.equals(Reach.EVERYWHERE)) {
            return all;
        }
        try {
            ArrayNode kept = Json.MAPPER.createArrayNode();
            for (JsonNode workspace : Json.MAPPER.readTree(all)) {
                String name = workspace.path("name").asText();
                if (WorkspaceName.isValid(name) && reach.covers(new WorkspaceName(name))) {
                    kept.add(workspace);
                }
            }
            return kept.toString();
        } catch (JsonProcessingException e) {
            throw RunnerProblem.unavailable();
        }
    }
}
