package dev.patchferry.webhook.mcp;

import dev.patchferry.webhook.application.WorkspaceReads;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** {@code list_files}. */
@Singleton
class ListFilesTool implements Tool {
    private static final Map<String, String> DEFAULTS = Map.of("limit", "200");
    private static final Spec SPEC = new Spec(
            20,
            "list_files",
            "List files",
            "Files and folders of a workspace, folders before what is in them, without what git ignores. `glob` and `depth`"
                    + " narrow it down; next_after of one answer is `after` of the next.",
            Tool.Hints.READS,
            Schema.object()
                    .text("workspace", "name of the workspace; may be left out if there is only one")
                    .text("path", "the folder; the whole workspace if left out")
                    .text("glob", "only paths like this, for example *.java or src/**/*.ts")
                    .number("depth", 1, 100, "how many folders deep")
                    .flag("ignored", "true: also what git ignores")
                    .number("limit", 1, 300, "at most this many entries; 200 if left out")
                    .text("after", "next_after of the answer before"),
            Schema.object()
                    .rows("entries", "each with path, kind and size")
                    .flag("complete", "whether this is all")
                    .text("next_after", "send it as `after` for the next page; absent on the last")
                    .open()
                    .require("entries")
                    .json());

    private final WorkspaceReader reader;

    ListFilesTool(WorkspaceReader reader) {
        this.reader = reader;
    }

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.READ);
    }

    @Override
    public ToolResult call(McpCall call) {
        return reader.ask(call, WorkspaceReads.Question.FILES, DEFAULTS, WorkspaceReader::page);
    }
}
