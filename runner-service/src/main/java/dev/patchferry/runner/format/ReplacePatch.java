package dev.patchferry.runner.format;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.runner.plan.Hunk;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a {@code patch} that is old and new texts, or a list of them, as an edit of the target file. */
final class ReplacePatch {
    private final Place patch;
    private final Envelope envelope;
    private final Draft draft;
    private final ChangeList changes;
    private List<String> verbs = List.of();

    ReplacePatch(Place patch, Envelope envelope, Draft draft) {
        this.patch = patch;
        this.envelope = envelope;
        this.draft = draft;
        this.changes = new ChangeList(patch, draft);
    }

    static boolean isOne(Place patch) {
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
            draft.add(Phase.PATCH, new Step.Edit(path.get(), hunks), PatchFormat.REPLACE.wireName(), because());
        }
    }

    /** The file that the patch names itself, if it names one; it must be the document's. */
    private Optional<WorkspacePath> path() {
        if (patch.value().isArray() || !patch.firstOf(FileMutation.PATHS).isPresent()) {
            return draft.path(envelope.targetFile());
        }
        Optional<WorkspacePath> own = FileMutation.path(patch, draft);
        Optional<String> outer = envelope.targetFile().text();
        boolean agree = outer.isEmpty()
                || own.isEmpty()
                || outer.get().equals(patch.firstOf(FileMutation.PATHS).text().orElse(""));
        if (!agree) {
            draft.reject(patch, "names another file than `target_file`; send one of them");
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
