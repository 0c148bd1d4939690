package dev.patchferry.webhook.mcp;

import dev.patchferry.webhook.application.PatchActions;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Set;

/** {@code undo_patch}. */
@Singleton
class UndoPatchTool implements Tool {
    private static final Spec SPEC = new Spec(
            210,
            "undo_patch",
            "Undo a patch",
            "Takes back everything that a patch of yours changed, exactly, or refuses and names what somebody changed since."
                    + " If the answer says that it is not done yet, call it again to learn what came of it.",
            new Hints(false, true, true, false),
            Schema.object().text("id", "the patch").require("id"),
            PatchReports.SCHEMA);

    private final PatchActions actions;
    private final ActionReports reports;

    UndoPatchTool(PatchActions actions, ActionReports reports) {
        this.actions = actions;
        this.reports = reports;
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
        String id = call.arguments().need("id");
        return reports.of(
                call,
                "undo",
                "Call undo_patch with id `" + id + "` again in a few seconds to learn what came of it.",
                caller -> actions.undo(caller, id, false));
    }
}
