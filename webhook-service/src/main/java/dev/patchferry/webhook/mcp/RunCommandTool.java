package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Set;

/** {@code run_command}. */
@Singleton
class RunCommandTool implements Tool {
    private static final Spec SPEC = new Spec(
            100,
            "run_command",
            "Run a command",
            "Runs a command with bash in a workspace on the person's machine, in a sandbox, and keeps what it changes there:"
                    + " whole if it ends with exit code 0, else everything is rolled back. Returns exit code, changed files"
                    + " and output. Use dry_run to look around or to try something whose changes should be dropped. Each"
                    + " command is a shell of its own; nothing that it starts outlives it.",
            new Hints(false, true, false, true),
            PatchSender.withCommon(Schema.object()
                            .text("command", "what bash is to run, one line or several")
                            .text("cwd", "folder below the workspace's root to run it in; the root if left out")
                            .number(
                                    "timeout_s",
                                    1,
                                    86_400,
                                    "seconds the command may take; list_workspaces says the most"))
                    .require("command"),
            PatchReports.SCHEMA);

    private final PatchSender sender;

    RunCommandTool(PatchSender sender) {
        this.sender = sender;
    }

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.SUBMIT);
    }

    @Override
    public ToolResult call(McpCall call) {
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
        return sender.send(call, document);
    }

    private static String quoted(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }
}
