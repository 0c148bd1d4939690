package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.application.PatchQueries;
import dev.patchferry.webhook.application.Result;
import dev.patchferry.webhook.application.SubmitPatch;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Sends what a tool that writes made of its arguments, and waits for the end. */
@Singleton
class PatchSender {
    static final int MAX_WAIT = 45;

    private static final int DEFAULT_WAIT = 25;
    /** What is left of {@link #MAX_WAIT} is for storing the patch and for showing what became of it. */
    private static final Duration LONGEST = Duration.ofSeconds(42);

    private static final List<String> AS_THEY_ARE =
            List.of("id", "description", "dry_run", "propose", "base", "timeout_s");

    private final SubmitPatch submitPatch;
    private final PatchQueries queries;
    private final WorkspaceChoice choice;
    private final PatchReports reports;

    PatchSender(SubmitPatch submitPatch, PatchQueries queries, WorkspaceChoice choice, PatchReports reports) {
        this.submitPatch = submitPatch;
        this.queries = queries;
        this.choice = choice;
        this.reports = reports;
    }

    /** Adds the arguments that every tool that writes takes. */
    static Schema withCommon(Schema schema) {
        return withSending(schema)
                .flag("dry_run", "true: do everything, show what would change, and change nothing")
                .flag("propose", "true: do everything without a network and keep it until a person approves it")
                .texts("base", "path to SHA-256 of each file as you read it; refused if one has changed since");
    }

    /** Adds the arguments that every tool that sends a patch takes, whatever it may change. */
    static Schema withSending(Schema schema) {
        return schema.text("workspace", "name of the workspace (list_workspaces); may be left out if there is only one")
                .text("description", "a sentence for the person who may have to approve it")
                .number("wait", 0, MAX_WAIT, "seconds to wait for the end; " + DEFAULT_WAIT + " if left out")
                .text("id", "leave it out. An id of your own makes repeating safe after a lost answer");
    }

    /**
     * Sends a patch.
     *
     * @param document what is done; gets the common arguments
     */
    ToolResult send(McpCall call, ObjectNode document) {
        AS_THEY_ARE.forEach(field -> {
            if (call.arguments().json().hasNonNull(field)) {
                document.set(field, call.arguments().get(field));
            }
        });
        return choice.with(call, workspace -> submit(call, document.put("workspace", workspace.value())));
    }

    private ToolResult submit(McpCall call, ObjectNode document) {
        return switch (submitPatch.submit(call.caller(), document, call.from())) {
            case Result.Refused<SubmitPatch.Submitted>(var refusal) -> RefusalResults.of(refusal);
            case Result.Ok<SubmitPatch.Submitted>(SubmitPatch.Submitted(StoredPatch stored, boolean duplicate)) ->
                reports.sent(call.caller(), queries.await(stored, wait(call, DEFAULT_WAIT)), duplicate);
        };
    }

    /** How long a call waits. */
    static Duration wait(McpCall call, int otherwise) {
        Duration asked = Duration.ofSeconds(call.arguments().number("wait").orElse(otherwise));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
