package dev.patchferry.webhook.mcp;

import dev.patchferry.webhook.application.PatchOutput;
import jakarta.inject.Singleton;

/** {@code get_patch_diff}. */
@Singleton
class GetPatchDiffTool implements Tool {
    private static final int PAGE = 36_000;
    private static final Spec SPEC = new Spec(
            60,
            "get_patch_diff",
            "Read a patch's diff",
            "What a patch changed, or would change (a dry run, or one that waits for approval), as a unified diff. What could"
                    + " hide something is escaped, so it is for reading and not for applying.",
            Tool.Hints.READS,
            Schema.object()
                    .text("id", "the patch")
                    .number("offset", 0, Integer.MAX_VALUE, "next_offset of the answer before, for the next page")
                    .require("id"),
            Schema.object()
                    .text("text", "the diff, or this page of it; empty if nothing changed")
                    .number(
                            "next_offset",
                            0,
                            Integer.MAX_VALUE,
                            "send it as `offset` for the next page; absent at the end")
                    .flag("cut", "whether there is more than is shown")
                    .require("text")
                    .json());

    private final PatchOutput output;

    GetPatchDiffTool(PatchOutput output) {
        this.output = output;
    }

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public ToolResult call(McpCall call) {
        int offset = call.arguments().number("offset").orElse(0);
        TextWindow window = new TextWindow(offset, PAGE);
        return OutputReading.of(output.diff(call.caller(), call.arguments().need("id"), true), window)
                .orElseGet(() -> ToolResult.of(OutputReading.page(window, offset)));
    }
}
