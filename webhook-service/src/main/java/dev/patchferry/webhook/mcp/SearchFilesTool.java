package dev.patchferry.webhook.mcp;

import dev.patchferry.webhook.application.WorkspaceReads;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** {@code search_files}. */
@Singleton
class SearchFilesTool implements Tool {
    private static final Map<String, String> DEFAULTS = Map.of("limit", "50", "context", "1");
    private static final Spec SPEC = new Spec(
            30,
            "search_files",
            "Search files",
            "Lines of a workspace's files that contain a text or match a regular expression, with some lines around each."
                    + " Bounded in time: `complete` says whether every file was searched.",
            Tool.Hints.READS,
            Schema.object()
                    .text("text", "the text to find, or with `regex` an expression")
                    .text("workspace", "name of the workspace; may be left out if there is only one")
                    .flag("regex", "true: `text` is a regular expression")
                    .flag("any_case", "true: letters of any case")
                    .text("path", "the folder to search in; the whole workspace if left out")
                    .text("glob", "only files like this, for example *.java")
                    .number("context", 0, 10, "lines around each match; 1 if left out")
                    .flag("ignored", "true: also in what git ignores")
                    .number("limit", 1, 100, "at most this many matches; 50 if left out")
                    .text("after", "next_after of the answer before")
                    .require("text"),
            Schema.object()
                    .rows("matches", "each with path, line and text")
                    .flag("complete", "whether every file was searched")
                    .text("next_after", "send it as `after` for the next page; absent on the last")
                    .open()
                    .require("matches")
                    .json());

    private final WorkspaceReader reader;

    SearchFilesTool(WorkspaceReader reader) {
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
        return reader.ask(call, WorkspaceReads.Question.SEARCH, DEFAULTS, WorkspaceReader::page);
    }
}
