package dev.patchferry.engine.format;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a {@code patch} that is old and new texts, or a list of them, as an edit of the target file. */
final class ReplacePatch {
    private final JsonField patch;
    private final Envelope envelope;
    private final PlanBuilder planBuilder;
    private final ChangeList changes;
    private List<String> verbs = List.of();

    ReplacePatch(JsonField patch, Envelope envelope, PlanBuilder planBuilder) {
        this.patch = patch;
        this.envelope = envelope;
        this.planBuilder = planBuilder;
        this.changes = new ChangeList(patch, planBuilder);
    }

    static boolean isOne(JsonField patch) {
        return TextChange.isIn(patch) || ChangeList.isIn(patch);
    }

    void read() {
        if (patch.value().isArray()) {
            add(changes.elements(patch));
        } else {
            verbs = changes.requireReplacing(patch);
            add(changes.read());
        }
    }

    private void add(List<Hunk> hunks) {
        Optional<WorkspacePath> path = path();
        if (!hunks.isEmpty() && path.isPresent()) {
            planBuilder.add(Phase.PATCH, new Step.Edit(path.get(), hunks), PatchFormat.REPLACE.wireName(), because());
        }
    }

    /** The file that the patch names itself, if it names one; it must be the document's. */
    private Optional<WorkspacePath> path() {
        if (patch.value().isArray() || !patch.firstOf(FileMutation.PATHS).isPresent()) {
            return planBuilder.path(envelope.targetFile());
        }
        Optional<WorkspacePath> own = FileMutation.path(patch, planBuilder);
        Optional<String> outer = envelope.targetFile().text();
        boolean agree = outer.isEmpty()
                || own.isEmpty()
                || outer.get().equals(patch.firstOf(FileMutation.PATHS).text().orElse(""));
        if (!agree) {
            planBuilder.reject(patch, "names another file than `target_file`; send one of them");
            return Optional.empty();
        }
        return own;
    }

    private String because() {
        if (envelope.format().isPresent()) {
            return "format is replace";
        }
        return patch.has("pattern") ? "patch has pattern and replacement" : "patch has old and new text";
    }

    /** The fields of the patch that were read. */
    Set<String> fieldsRead() {
        return Stream.of(changes.fieldsRead(), FileMutation.PATHS, verbs)
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
    }
}
