package dev.patchferry.webhook.mcp;

import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Set;

/** {@code try_command}: a dry run, so that clients need not ask their user about a test. */
@Singleton
class TryCommandTool implements Tool {
    private static final Spec SPEC = new Spec(
            95,
            "try_command",
            "Try a command",
            "Runs a command with bash in a copy of a workspace, without a network, and drops whatever it changes: for tests,"
                    + " builds, git log and looking around. Returns exit code and output, and which files it would have"
                    + " changed. Use run_command only to keep what a command changes.",
            new Hints(true, false, false, false),
            PatchSender.withSending(CommandPatch.arguments()),
            PatchReports.SCHEMA);

    private final PatchSender sender;

    TryCommandTool(PatchSender sender) {
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
        return CommandPatch.of(call, (tried, document) -> sender.send(tried, document.put("dry_run", true)));
    }
}
