package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.application.WorkspaceReads;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** {@code read_file}. */
@Singleton
class ReadFileTool implements Tool {
    private static final int MAX_COST = 72_000;
    private static final Spec SPEC = new Spec(
            25,
            "read_file",
            "Read a file",
            "A text file of a workspace, or some of its lines, without line numbers. `sha256` goes into `base` of a tool that"
                    + " changes the file, which then refuses if somebody changed it since. next_line says where to go on in a"
                    + " long file.",
            Tool.Hints.READS,
            Schema.object()
                    .text("workspace", "name of the workspace; may be left out if there is only one")
                    .text("path", "the file, relative to the workspace's root")
                    .number("start_line", 1, Integer.MAX_VALUE, "the first line, from 1")
                    .number("end_line", 1, Integer.MAX_VALUE, "the last line")
                    .require("path"),
            Schema.object()
                    .text("content", "the lines as they are")
                    .text("sha256", "of the whole file, for `base`")
                    .number("total_lines", 0, Integer.MAX_VALUE, "of the whole file")
                    .number("next_line", 1, Integer.MAX_VALUE, "send it as start_line to go on; absent at the end")
                    .open()
                    .require("content", "sha256")
                    .json());

    private final WorkspaceReader reader;

    ReadFileTool(WorkspaceReader reader) {
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
        return reader.ask(call, WorkspaceReads.Question.FILE, Map.of(), ReadFileTool::bounded);
    }

    /** As many whole lines as an answer has room for, in which they stand twice; of a longer line its beginning. */
    static ObjectNode bounded(ObjectNode file) {
        String content = file.path("content").asText();
        int fits = Cut.fitting(content, MAX_COST);
        if (fits == content.length()) {
            return file;
        }
        int end = content.lastIndexOf('\n', fits - 1) + 1;
        String shown = content.substring(0, end == 0 ? fits : end);
        int lines = Math.max(1, (int) shown.chars().filter(c -> c == '\n').count());
        int next = file.path("start_line").asInt() + lines;
        file.put("content", shown).put("end_line", next - 1).put("cut", end == 0);
        if (next <= file.path("total_lines").asInt()) {
            file.put("next_line", next);
        }
        return file;
    }
}
