package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Receipt;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.PatchQueries;
import dev.patchferry.webhook.application.RunnerAbsence;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** A patch as every tool answers it. */
@Singleton
class PatchReports {
    static final ObjectNode SCHEMA = Schema.object()
            .text("id", "the patch; other tools take it")
            .text("workspace", "where it runs")
            .text("status", "its state")
            .text("code", "a stable word for where it is and why")
            .flag("terminal", "whether it has ended")
            .flag("duplicate", "whether the same was sent before; nothing runs twice")
            .text("summary", "what happened")
            .text("next", "what to do now; do it")
            .number("exit_code", 0, 255, "of the last command")
            .rows("files", "what changed, each with its path, the kind of change and its SHA-256")
            .number("files_omitted", 0, Integer.MAX_VALUE, "files beyond those")
            .text("output", "first and last lines of the output")
            .open()
            .require("code", "summary", "next")
            .json();

    private static final int MAX_JSON = 8_000;
    private static final int MIN_OUTPUT = 200;
    private static final String LEFT_OUT = "\n[… the rest: get_patch_log …]\n";
    private static final int MAX_FILES = 25;
    private static final int MAX_PATH = 160;

    private final PatchQueries queries;
    private final OutputExcerpt excerpt;
    private final Clock clock;

    PatchReports(PatchQueries queries, OutputExcerpt excerpt, Clock clock) {
        this.queries = queries;
        this.excerpt = excerpt;
        this.clock = clock;
    }

    /** What became of a patch that the caller sent just now. */
    ToolResult sent(Caller caller, StoredPatch patch, boolean duplicate) {
        ObjectNode report = report(caller, patch);
        if (duplicate) {
            report.put("duplicate", true);
        }
        return code(patch).isFailure() ? ToolResult.failed(report) : ToolResult.of(report);
    }

    /** What became of a patch that the caller asks about. */
    ToolResult shown(Caller caller, StoredPatch patch) {
        return ToolResult.of(report(caller, patch));
    }

    PatchCode code(StoredPatch patch) {
        return PatchCode.of(patch, queries.absence(patch));
    }

    private ObjectNode report(Caller caller, StoredPatch patch) {
        Optional<RunnerAbsence> absence = queries.absence(patch);
        PatchCode code = PatchCode.of(patch, absence);
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("id", patch.id().value())
                .put("workspace", patch.workspace().value())
                .put("status", patch.status().wireName())
                .put("code", code.toString())
                .put("terminal", patch.status().isTerminal())
                .put("summary", PatchWords.summary(code, patch, absence, clock.instant()))
                .put("next", PatchWords.next(code, patch));
        patch.receipt().ifPresent(receipt -> addReceipt(report, receipt));
        return withOutput(report, absence.isPresent() ? "" : excerpt.of(caller, patch));
    }

    private static void addReceipt(ObjectNode report, Receipt receipt) {
        receipt.steps().reversed().stream()
                .flatMap(step -> step.exitCode().stream())
                .findFirst()
                .ifPresent(code -> report.put("exit_code", code));
        if (receipt.files().isEmpty()) {
            return;
        }
        ArrayNode files = report.putArray("files");
        for (Receipt.ChangedFile file :
                receipt.files().stream().limit(MAX_FILES).toList()) {
            ObjectNode entry = files.addObject()
                    .put("path", Cut.start(file.path(), MAX_PATH))
                    .put("change", file.change());
            file.afterSha256().ifPresent(hash -> entry.put("sha256", hash));
        }
        long omitted = receipt.files().size() - files.size() + receipt.filesOmitted();
        if (omitted > 0) {
            report.put("files_omitted", omitted);
        }
    }

    /** The rest of the bound is the output's: its beginning and its end, as much of both as there is room for. */
    static ObjectNode withOutput(ObjectNode report, String output) {
        String shown = output;
        while (!shown.isEmpty()) {
            report.put("output", shown);
            if (report.toString().length() <= MAX_JSON) {
                return report;
            }
            shown = shown.length() < MIN_OUTPUT ? "" : shortened(shown);
        }
        report.remove("output");
        return report;
    }

    /** A third less; more of the end than of the beginning. */
    private static String shortened(String text) {
        return text.substring(0, Cut.before(text, text.length() / 6))
                + LEFT_OUT
                + text.substring(Cut.before(text, text.length() - text.length() / 2));
    }
}
