package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiFunction;

/** A command of a model as a patch. */
final class CommandPatch {
    private CommandPatch() {}

    /** The arguments that say what to run. */
    static Schema arguments() {
        return Schema.object()
                .text("command", "what bash is to run, one line or several")
                .text("cwd", "folder below the workspace's root to run it in; the root if left out")
                .number("timeout_s", 1, 86_400, "seconds the command may take; list_workspaces says the most")
                .require("command");
    }

    /**
     * Makes the patch's document of a call's arguments.
     *
     * @param send what is done with it
     */
    static ToolResult of(McpCall call, BiFunction<McpCall, ObjectNode, ToolResult> send) {
        String command = call.arguments().need("command");
        String cwd = call.arguments().text("cwd").orElse("");
        boolean atRoot = cwd.isEmpty() || cwd.equals(".");
        if (!atRoot && command.startsWith("#!")) {
            return ToolResult.error(
                    "invalid_arguments",
                    "A script that begins with #! starts at the workspace's root; `cwd` cannot be used with it.",
                    "Leave `cwd` out and change the folder in the script.");
        }
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("role", "command_patch")
                .put("target_file", "-")
                .put("format", "shell")
                .put("patch", atRoot ? command : "cd -- " + quoted(cwd) + " || exit\n" + command);
        return send.apply(call, document);
    }

    private static String quoted(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }
}
