package dev.patchferry.webhook.mcp;

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
                    + " and output. For what should be dropped, as tests and builds, use try_command. Each command is a shell of its"
                    + " own; nothing that it starts outlives it.",
            new Hints(false, true, false, true),
            PatchSender.withCommon(CommandPatch.arguments()),
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
        return CommandPatch.of(call, sender::send);
    }
}
