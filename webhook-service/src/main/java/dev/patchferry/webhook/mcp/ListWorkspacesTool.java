package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.application.Result;
import dev.patchferry.webhook.application.WorkspaceQueries;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Set;

/** {@code list_workspaces}. */
@Singleton
class ListWorkspacesTool implements Tool {
    private static final Spec SPEC = new Spec(
            10,
            "list_workspaces",
            "List workspaces",
            "The workspaces that you may use: folders on the person's machine in which commands run and files are changed."
                    + " Each with its name, whether it can be used now, what network commands have, and the limits of a"
                    + " patch. Call it first.",
            Tool.Hints.READS,
            Schema.object(),
            Schema.object()
                    .rows("workspaces", "each workspace")
                    .require("workspaces")
                    .json());

    private final WorkspaceQueries workspaces;

    ListWorkspacesTool(WorkspaceQueries workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.READ, Roles.SUBMIT, Roles.VIEW);
    }

    @Override
    public ToolResult call(McpCall call) {
        return switch (workspaces.list(call.caller())) {
            case Result.Refused<ArrayNode>(var refusal) -> RefusalResults.of(refusal);
            case Result.Ok<ArrayNode>(ArrayNode list) -> {
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                result.set("workspaces", list);
                yield ToolResult.of(result);
            }
        };
    }
}
