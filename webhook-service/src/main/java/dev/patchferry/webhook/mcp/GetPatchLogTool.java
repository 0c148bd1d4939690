package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.application.OutputText;
import dev.patchferry.webhook.application.PatchOutput;
import dev.patchferry.webhook.application.Result;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code get_patch_log}. */
@Singleton
class GetPatchLogTool implements Tool {
    private static final int DEFAULT_TAIL = 200;
    private static final int MAX_TAIL = 2_000;
    private static final int DEFAULT_CONTEXT = 2;
    private static final int MAX_CONTEXT = 20;
    private static final int PAGE = 36_000;
    private static final PatchOutput.LogPart ALL = new PatchOutput.LogPart("", Optional.empty());

    private static final Spec SPEC = new Spec(
            50,
            "get_patch_log",
            "Read a patch's output",
            "The output of a patch's commands: its last lines (`tail`), a page from a byte on (`offset`), or the lines that"
                    + " contain a text (`match`, with `context` lines around each). Also while it runs.",
            Tool.Hints.READS,
            Schema.object()
                    .text("id", "the patch")
                    .number("tail", 1, MAX_TAIL, "the last so many lines; " + DEFAULT_TAIL + " if nothing else is said")
                    .number("offset", 0, Integer.MAX_VALUE, "from this byte on; next_offset of the answer before")
                    .text("match", "only lines that contain this text, in any case of letters")
                    .number("context", 0, MAX_CONTEXT, "lines around each match; " + DEFAULT_CONTEXT + " if left out")
                    .require("id"),
            Schema.object()
                    .text("text", "the lines")
                    .number("matches", 0, Integer.MAX_VALUE, "lines found")
                    .number(
                            "next_offset",
                            0,
                            Integer.MAX_VALUE,
                            "send it as `offset` for the next page; absent at the end")
                    .flag("cut", "whether there is more than is shown")
                    .require("text")
                    .json());

    private final PatchOutput output;

    GetPatchLogTool(PatchOutput output) {
        this.output = output;
    }

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public ToolResult call(McpCall call) {
        Arguments arguments = call.arguments();
        List<String> ways = Stream.of("tail", "offset", "match")
                .filter(name -> arguments.json().has(name))
                .toList();
        if (ways.size() > 1) {
            return ToolResult.error(
                    "invalid_arguments",
                    "`" + String.join("` and `", ways) + "` cannot be used together.",
                    "Use one of them.");
        }
        if (arguments.text("match").isPresent()) {
            return search(call, arguments.need("match"));
        }
        return arguments.number("offset").isPresent()
                ? page(call, arguments.number("offset").getAsInt())
                : tail(call, arguments.number("tail").orElse(DEFAULT_TAIL));
    }

    private ToolResult tail(McpCall call, int lines) {
        TextWindow window = new TextWindow(0, PAGE);
        return OutputReading.of(log(call, PatchOutput.LogPart.tail(PAGE)), window)
                .orElseGet(() -> {
                    List<String> all = new String(window.bytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
                    String text = String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
                    // The end is what is asked for, so the front is what goes.
                    String reversed = new StringBuilder(text).reverse().toString();
                    int fits = Cut.fitting(reversed, 2 * PAGE);
                    return ToolResult.of(text(text.substring(text.length() - fits)));
                });
    }

    private ToolResult page(McpCall call, int offset) {
        TextWindow window = new TextWindow(0, PAGE);
        return OutputReading.of(log(call, PatchOutput.LogPart.from(offset, PAGE + 1L)), window)
                .orElseGet(() -> ToolResult.of(OutputReading.page(window, offset)));
    }

    private ToolResult search(McpCall call, String wanted) {
        LineSearch search =
                new LineSearch(wanted, call.arguments().number("context").orElse(DEFAULT_CONTEXT));
        return OutputReading.of(log(call, ALL), search).orElseGet(() -> {
            String found = search.found();
            int fits = Cut.fitting(found, 2 * PAGE);
            return ToolResult.of(text(found.substring(0, fits))
                    .put("matches", search.matches())
                    .put("cut", search.isCut() || fits < found.length()));
        });
    }

    private Result<Optional<OutputText>> log(McpCall call, PatchOutput.LogPart part) {
        return output.log(call.caller(), call.arguments().need("id"), part);
    }

    private static ObjectNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put("text", text);
    }
}
