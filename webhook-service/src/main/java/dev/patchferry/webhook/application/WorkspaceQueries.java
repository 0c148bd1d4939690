package dev.patchferry.webhook.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.UnansweredException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/**
 * The workspaces that a caller may use: all the runner says of them for operators; for others what decides how to write a
 * patch, since where a workspace is and whose patches are in it is not theirs to know.
 */
@Singleton
public class WorkspaceQueries {
    /** A list of what may be seen: a field that the runner adds later is not. */
    private static final List<String> FOR_SENDERS = List.of("name", "usable", "sandbox", "network", "env", "limits");

    private final RunnerClient runner;

    WorkspaceQueries(RunnerClient runner) {
        this.runner = runner;
    }

    /** Each workspace as the runner describes it. */
    public Result<ArrayNode> list(Caller caller) {
        RunnerReply reply;
        try {
            reply = runner.workspaces();
        } catch (UnansweredException e) {
            return Result.refused(RunnerActions.unanswered(e));
        }
        return reply.status() == 200 && read(reply.body()) instanceof ArrayNode all
                ? Result.ok(visible(all, caller))
                : Result.refused(new Refusal.RunnerSilent());
    }

    private static ArrayNode visible(ArrayNode all, Caller caller) {
        boolean whole = caller.roles().contains(Roles.OPERATE);
        ArrayNode kept = Json.MAPPER.createArrayNode();
        for (JsonNode workspace : all) {
            String name = workspace.path("name").asText();
            if (WorkspaceName.isValid(name) && caller.reach().covers(new WorkspaceName(name))) {
                kept.add(whole ? workspace : forSenders(workspace));
            }
        }
        return kept;
    }

    private static JsonNode read(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (IOException e) {
            return Json.MAPPER.missingNode();
        }
    }

    private static ObjectNode forSenders(JsonNode workspace) {
        ObjectNode shown = Json.MAPPER.createObjectNode();
        FOR_SENDERS.stream().filter(workspace::has).forEach(field -> shown.set(field, workspace.get(field)));
        return shown;
    }
}
