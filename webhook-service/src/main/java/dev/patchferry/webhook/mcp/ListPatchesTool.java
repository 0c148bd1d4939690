package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.application.PatchCriteria;
import dev.patchferry.webhook.application.PatchQueries;
import dev.patchferry.webhook.application.Result;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code list_patches}. */
@Singleton
class ListPatchesTool implements Tool {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_REASON = 120;
    private static final String STATES =
            Arrays.stream(PatchStatus.values()).map(PatchStatus::wireName).collect(Collectors.joining(", "));

    private static final Spec SPEC = new Spec(
            70,
            "list_patches",
            "List patches",
            "The patches that you may see, newest first, each in short. get_patch says more about one.",
            Tool.Hints.READS,
            Schema.object()
                    .text("status", "only those in this state: one of " + STATES)
                    .text("workspace", "only those of this workspace")
                    .number("limit", 1, 50, "at most this many; " + DEFAULT_LIMIT + " if left out")
                    .number("after", 0, Integer.MAX_VALUE, "next_after of the answer before, for the next page"),
            Schema.object()
                    .rows("patches", "each patch")
                    .number(
                            "next_after",
                            0,
                            Integer.MAX_VALUE,
                            "send it as `after` for the next page; absent on the last")
                    .require("patches")
                    .json());

    private final PatchQueries queries;
    private final PatchReports reports;

    ListPatchesTool(PatchQueries queries, PatchReports reports) {
        this.queries = queries;
        this.reports = reports;
    }

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public ToolResult call(McpCall call) {
        Arguments arguments = call.arguments();
        Optional<PatchStatus> status = arguments.text("status").flatMap(PatchStatus::named);
        Optional<WorkspaceName> workspace =
                arguments.text("workspace").filter(WorkspaceName::isValid).map(WorkspaceName::new);
        if (status.isEmpty() && arguments.text("status").isPresent()) {
            return wrong("`status` must be one of " + STATES);
        }
        if (workspace.isEmpty() && arguments.text("workspace").isPresent()) {
            return wrong("`workspace` must be the name of a workspace");
        }
        PatchCriteria criteria = new PatchCriteria(
                status.map(Set::of).orElse(Set.of()),
                workspace,
                Optional.empty(),
                PatchCriteria.NEWEST_FIRST,
                arguments.number("after").stream().mapToObj(Long::valueOf).findFirst(),
                arguments.number("limit").orElse(DEFAULT_LIMIT));
        return switch (queries.list(call.caller(), criteria)) {
            case Result.Refused<PatchQueries.Page>(var refusal) -> RefusalResults.of(refusal);
            case Result.Ok<PatchQueries.Page>(PatchQueries.Page page) -> ToolResult.of(list(page));
        };
    }

    private static ToolResult wrong(String what) {
        return ToolResult.error("invalid_arguments", what + ".", "Correct it and call list_patches again.");
    }

    private ObjectNode list(PatchQueries.Page page) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode list = result.putArray("patches");
        for (StoredPatch patch : page.patches()) {
            list.addObject()
                    .put("id", patch.id().value())
                    .put("status", patch.status().wireName())
                    .put("code", reports.code(patch).toString())
                    .put("workspace", patch.workspace().value())
                    .put("principal", patch.principal())
                    .put("reason", Cut.start(patch.reason(), MAX_REASON))
                    .put("accepted_at", patch.acceptedAt().toString());
        }
        if (page.more()) {
            result.put("next_after", page.patches().getLast().seq());
        }
        return result;
    }
}
