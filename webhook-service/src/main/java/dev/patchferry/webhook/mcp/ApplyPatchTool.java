package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Set;

/** {@code apply_patch}. */
@Singleton
class ApplyPatchTool implements Tool {
    private static final Spec SPEC = new Spec(
            110,
            "apply_patch",
            "Apply a patch",
            "Changes files in a workspace by a patch text: a unified diff, `*** Begin Patch`, or SEARCH/REPLACE blocks, which"
                    + " name their files. All of it applies or none; where the old lines are not found, the answer shows the"
                    + " nearest place. To replace a text that you know, edit_files is simpler.",
            new Hints(false, true, false, false),
            PatchSender.withCommon(Schema.object()
                            .text("patch", "the patch, as text")
                            .text("target_file", "the file, if the patch names none"))
                    .require("patch"),
            PatchReports.SCHEMA);

    private final PatchSender sender;

    ApplyPatchTool(PatchSender sender) {
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
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("role", "patch")
                .put("target_file", call.arguments().text("target_file").orElse("-"))
                .put("patch", call.arguments().need("patch"));
        return sender.send(call, document);
    }
}
