package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.application.Result;
import dev.patchferry.webhook.application.WorkspaceQueries;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/** Which workspace a call is about: the one that it names, or the only one that the caller may use. */
@Singleton
class WorkspaceChoice {
    private static final ToolResult UNCLEAR = ToolResult.error(
            "invalid_arguments",
            "There are several workspaces, or none, and `workspace` does not say which. Nothing was done.",
            "Call list_workspaces, then call this again with one of them as `workspace`.");
    private static final ToolResult NO_NAME = ToolResult.error(
            "invalid_arguments",
            "`workspace` is no name that a workspace can have. Nothing was done.",
            "Call list_workspaces, then call this again with one of them as `workspace`.");

    private final WorkspaceQueries workspaces;

    WorkspaceChoice(WorkspaceQueries workspaces) {
        this.workspaces = workspaces;
    }

    /** Goes on with the workspace, or answers why that cannot be told. */
    ToolResult with(McpCall call, Function<WorkspaceName, ToolResult> next) {
        Optional<String> named = call.arguments().text("workspace");
        if (named.isPresent()) {
            return WorkspaceName.isValid(named.get()) ? next.apply(new WorkspaceName(named.get())) : NO_NAME;
        }
        Optional<WorkspaceName> own = call.caller()
                .reach()
                .only()
                .filter(only -> only.size() == 1)
                .map(only -> only.iterator().next());
        if (own.isPresent()) {
            return next.apply(own.get());
        }
        return switch (workspaces.list(call.caller())) {
            case Result.Refused<ArrayNode>(var refusal) -> RefusalResults.of(refusal);
            case Result.Ok<ArrayNode>(ArrayNode all) -> only(all).map(next).orElse(UNCLEAR);
        };
    }

    private static Optional<WorkspaceName> only(ArrayNode all) {
        return all.size() == 1
                ? Optional.of(new WorkspaceName(all.get(0).path("name").asText()))
                : Optional.empty();
    }
}
