package dev.patchferry.webhook.mcp;

import dev.patchferry.webhook.application.PatchQueries;
import dev.patchferry.webhook.application.Result;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;

/** {@code get_patch}. */
@Singleton
class GetPatchTool implements Tool {
    private static final Spec SPEC = new Spec(
            40,
            "get_patch",
            "Look at a patch",
            "What became of a patch: its state, what changed, the end of its output, and what to do now. `wait` waits for its"
                    + " end, so that one call is enough for most; it returns at once when a person has to decide.",
            Hints.READS,
            Schema.object()
                    .text("id", "the patch")
                    .number("wait", 0, PatchSender.MAX_WAIT, "seconds to wait for its end; 0 if left out")
                    .require("id"),
            PatchReports.SCHEMA);

    private final PatchQueries queries;
    private final PatchReports reports;

    GetPatchTool(PatchQueries queries, PatchReports reports) {
        this.queries = queries;
        this.reports = reports;
    }

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public ToolResult call(McpCall call) {
        return switch (queries.find(call.caller(), call.arguments().need("id"))) {
            case Result.Refused<StoredPatch>(var refusal) -> RefusalResults.of(refusal);
            case Result.Ok<StoredPatch>(StoredPatch patch) ->
                reports.shown(call.caller(), queries.await(patch, PatchSender.wait(call, 0)));
        };
    }
}
