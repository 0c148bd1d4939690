package dev.patchferry.engine.format;

import dev.patchferry.contract.PatchFormat;
import java.util.List;

/**
 * Refuses what a wrapped document says where nobody hears it. The queue and the transaction read a document's switches
 * at its top, those of a dry run and a proposal also right in {@code patch}; a deeper one would be taken for granted by
 * its sender and for nothing by us.
 */
record WrappedSwitches(JsonField document, Envelope envelope, PlanBuilder draft) {
    private static final int DEEPEST_DRY_RUN = 1;

    void check() {
        if (envelope.depth() == 0) {
            return;
        }
        JsonField workspace = document.child("workspace");
        if (workspace.isPresent() && !workspace.text().orElse("").equals(envelope.workspace())) {
            belongsToTheTop(workspace);
        }
        JsonField base = document.child("base");
        if (base.isPresent()) {
            belongsToTheTop(base);
        }
        JsonField timeout = document.child("timeout_s");
        if (timeout.isPresent()) {
            belongsToTheTop(timeout);
        }
        JsonField format = document.child("format");
        if (format.isPresent() && format.text().flatMap(PatchFormat::named).isEmpty()) {
            draft.reject(format, "must be one of " + PatchFormat.names());
        }
        if (envelope.depth() > DEEPEST_DRY_RUN) {
            dryRun();
        }
    }

    private void dryRun() {
        List.of("dry_run", "dryRun", "propose").stream()
                .map(document::child)
                .filter(field -> field.value().asBoolean())
                .forEach(this::belongsToTheTop);
        JsonField mode = document.child("mode");
        if (Envelope.isDryRunMode(mode)) {
            belongsToTheTop(mode);
        }
    }

    private void belongsToTheTop(JsonField field) {
        draft.reject(field, "counts only at the top of the document; send it there");
    }
}
