package dev.patchferry.webhook.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.UnansweredException;
import dev.patchferry.webhook.view.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;

/**
 * {@code GET /workspaces}: the runner's own answer for operators, of the workspaces that they may use. Others learn what
 * decides how to write a patch; where a workspace is and whose patches are in it is not theirs to know.
 */
@Path("workspaces")
@RunOnVirtualThread
@RolesAllowed({Roles.READ, Roles.VIEW})
class WorkspacesResource {
    /** A list of what may be seen: a field that the runner adds later is not. */
    private static final List<String> FOR_SENDERS = List.of("name", "usable", "sandbox", "network", "env", "limits");

    private final RunnerClient runner;
    private final SecurityIdentity identity;

    WorkspacesResource(RunnerClient runner, SecurityIdentity identity) {
        this.runner = runner;
        this.identity = identity;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response list() {
        try {
            RunnerReply reply = runner.workspaces();
            if (reply.status() != Response.Status.OK.getStatusCode()) {
                throw RunnerProblem.unanswered();
            }
            return Response.ok(visible(reply.body(), Caller.of(identity)), MediaType.APPLICATION_JSON)
                    .build();
        } catch (UnansweredException e) {
            throw RunnerProblem.unavailable(e);
        }
    }

    private static String visible(byte[] all, Caller caller) {
        boolean whole = caller.roles().contains(Roles.OPERATE);
        ArrayNode kept = Json.MAPPER.createArrayNode();
        for (JsonNode workspace : list(all)) {
            String name = workspace.path("name").asText();
            if (WorkspaceName.isValid(name) && caller.reach().covers(new WorkspaceName(name))) {
                kept.add(whole ? workspace : forSenders(workspace));
            }
        }
        return kept.toString();
    }

    private static ArrayNode list(byte[] all) {
        try {
            if (Json.MAPPER.readTree(all) instanceof ArrayNode list) {
                return list;
            }
            throw RunnerProblem.unanswered();
        } catch (IOException e) {
            throw RunnerProblem.unanswered();
        }
    }

    private static ObjectNode forSenders(JsonNode workspace) {
        ObjectNode shown = Json.MAPPER.createObjectNode();
        FOR_SENDERS.stream().filter(workspace::has).forEach(field -> shown.set(field, workspace.get(field)));
        return shown;
    }
}
