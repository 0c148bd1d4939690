package dev.patchferry.webhook.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.WorkspaceName;
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
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * {@code GET /workspaces}: the runner's own answer for operators, of the workspaces that they may use. Others learn what
 * decides how to write a patch; where a workspace is and whose patches are in it is not theirs to know.
 */
@Path("workspaces")
@RunOnVirtualThread
@RolesAllowed({Roles.SUBMIT, Roles.VIEW})
class WorkspacesResource {
    /** A list of what may be seen: a field that the runner adds later is not. */
    private static final List<String> FOR_SENDERS = List.of("name", "usable", "sandbox", "network", "env");

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
            return Response.ok(visible(all, Caller.of(identity)), MediaType.APPLICATION_JSON)
                    .build();
        } catch (ProcessingException e) {
            throw RunnerProblem.unavailable();
        }
    }

    private static String visible(String all, Caller caller) {
        boolean whole = caller.roles().contains(Roles.OPERATE);
        try {
            ArrayNode kept = Json.MAPPER.createArrayNode();
            for (JsonNode workspace : Json.MAPPER.readTree(all)) {
                String name = workspace.path("name").asText();
                if (WorkspaceName.isValid(name) && caller.reach().covers(new WorkspaceName(name))) {
                    kept.add(whole ? workspace : forSenders(workspace));
                }
            }
            return kept.toString();
        } catch (JsonProcessingException e) {
            throw RunnerProblem.unavailable();
        }
    }

    private static ObjectNode forSenders(JsonNode workspace) {
        ObjectNode shown = Json.MAPPER.createObjectNode();
        FOR_SENDERS.stream().filter(workspace::has).forEach(field -> shown.set(field, workspace.get(field)));
        return shown;
    }
}
