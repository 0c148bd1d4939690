package dev.patchferry.webhook.mcp;

import dev.patchferry.webhook.application.PatchActions;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Set;

/** {@code cancel_patch}. */
@Singleton
class CancelPatchTool implements Tool {
    private static final Spec SPEC = new Spec(
            200,
            "cancel_patch",
            "Cancel a patch",
            "Ends a patch of yours that has not ended: one that waits never runs, one that runs is stopped and rolled back."
                    + " To take back one that succeeded use undo_patch.",
            new Hints(false, true, true, false),
            Schema.object().text("id", "the patch").require("id"),
            PatchReports.SCHEMA);

    private final PatchActions actions;
    private final ActionReports reports;

    CancelPatchTool(PatchActions actions, ActionReports reports) {
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
                "cancel",
                "Call get_patch with id `" + id + "` and wait 45 to see its end.",
                caller -> actions.cancel(caller, id));
    }
}
