package dev.patchferry.runner.format;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.runner.plan.Replacement;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.util.List;
import java.util.Optional;

/** Reads a {@code patch} that is {@code {pattern, replacement}} as an edit of the target file. */
record ReplacePatch(Place patch, Envelope envelope, Draft draft) {

    static boolean isOne(Place patch) {
        return patch.has("pattern") || patch.has("replacement");
    }

    void read() {
        Optional<Replacement> change = new TextChange(patch, draft).read();
        Optional<WorkspacePath> path = draft.path(envelope.targetFile());
        if (change.isPresent() && path.isPresent()) {
            Step edit = new Step.Edit(path.get(), List.of(change.get()));
            String because = envelope.format().isPresent() ? "format is replace" : "patch has pattern and replacement";
            draft.add(Phase.PATCH, edit, PatchFormat.REPLACE.wireName(), because);
        }
    }

    boolean reads(Place field) {
        return new TextChange(patch, draft).reads(field);
    }
}
