package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchId;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.PatchActions;
import dev.patchferry.webhook.application.Result;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/** What a tool answers that did something to a patch. */
@Singleton
class ActionReports {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final PatchReports reports;

    ActionReports(PatchReports reports) {
        this.reports = reports;
    }

    /**
     * Acts, and says what came of it.
     *
     * @param name what the action is called in the record of the service
     * @param later what to do while it is not done yet
     */
    ToolResult of(McpCall call, String name, String later, Function<Caller, Result<PatchActions.Outcome>> action) {
        return switch (action.apply(call.caller())) {
            case Result.Refused<PatchActions.Outcome>(var refusal) -> RefusalResults.of(refusal);
            case Result.Ok<PatchActions.Outcome>(PatchActions.Outcome outcome) -> done(call, name, later, outcome);
        };
    }

    private ToolResult done(McpCall call, String name, String later, PatchActions.Outcome outcome) {
        PatchId id = outcome.patch().patch().id();
        ObjectNode report =
                reports.shown(call.caller(), outcome.patch().patch()).structured();
        if (outcome.done()) {
            report.put("summary", "Done. " + report.path("summary").asText());
            report.put("next", "Nothing more to do for it.");
        } else {
            report.put(
                    "summary",
                    "Asked for, and not done yet. " + report.path("summary").asText());
            report.put("next", later);
        }
        return ToolResult.of(report)
                .audited(new ToolResult.Audited(
                        Optional.of(id),
                        outcome.done() ? OK : ACCEPTED,
                        name,
                        outcome.done() ? "done" : "asked for; not done yet"));
    }
}
