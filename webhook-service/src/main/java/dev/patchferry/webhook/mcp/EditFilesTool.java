package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Set;

/** {@code edit_files}. */
@Singleton
class EditFilesTool implements Tool {
    private static final Spec SPEC = new Spec(
            120,
            "edit_files",
            "Edit files",
            "Replaces texts in files of a workspace. Each edit has `path`, `old` (a text that stands in the file once, with"
                    + " enough lines around it to be unique) and `new`. Several edits, also of one file, apply in order, all"
                    + " or none. `all: true` replaces every place. For a new file or a whole content use write_files.",
            new Hints(false, true, false, false),
            PatchSender.withCommon(Schema.object()
                            .list(
                                    "edits",
                                    Schema.object()
                                            .text("path", "the file, relative to the workspace's root")
                                            .text("old", "the text to be replaced, exactly as it stands in the file")
                                            .text("new", "what takes its place; empty to delete it")
                                            .flag("all", "true: replace every place")
                                            .open()
                                            .require("path"),
                                    "the edits, in order"))
                    .require("edits"),
            PatchReports.SCHEMA);

    private final PatchSender sender;

    EditFilesTool(PatchSender sender) {
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

    /** The runner knows every pair of names that an edit may have, and refuses others by name. */
    @Override
    public ToolResult call(McpCall call) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("mutations", call.arguments().get("edits"));
        return sender.send(call, document);
    }
}
