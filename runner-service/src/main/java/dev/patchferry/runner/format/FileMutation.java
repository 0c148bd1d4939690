package dev.patchferry.runner.format;

import dev.patchferry.runner.plan.Bytes;
import dev.patchferry.runner.plan.Replacement;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads an entry of {@code mutations} that writes, edits or deletes a file or gives it a mode. */
final class FileMutation {
    private static final List<String> VERBS = List.of("op", "type");
    private static final List<String> PATHS = List.of("path", "file", "target", "file_path", "filePath", "target_file");
    private static final List<String> CONTENTS = List.of("contents", "content");
    private static final String CHANGES = "changes";

    private final Place place;
    private final String detectedBy;
    private final Draft draft;
    private final Place contents;
    private final Place mode;
    private final List<String> read = new ArrayList<>(List.of("description"));

    FileMutation(Place place, String detectedBy, Draft draft) {
        this.place = place;
        this.detectedBy = detectedBy;
        this.draft = draft;
        this.contents = place.firstOf(CONTENTS);
        this.mode = place.child("mode");
    }

    /** Whether an entry says anything of what can be done to a file. */
    static boolean isOne(Place place) {
        return place.firstOf(PATHS).isPresent()
                || place.firstOf(CONTENTS).isPresent()
                || place.has(CHANGES)
                || TextChange.isIn(place);
    }

    void read() {
        Place verbField = place.firstOf(VERBS);
        Optional<Verb> verb = Verb.read(verbField, draft);
        Place pathField = place.firstOf(PATHS);
        Optional<WorkspacePath> path = draft.path(pathField);
        read.add(verbField.key());
        read.add(pathField.key());
        if (verb.isEmpty() || path.isEmpty()) {
            return;
        }
        switch (verb.get()) {
            case DELETE -> add(new Step.Delete(path.get()));
            case CHMOD -> chmod(path.get());
            case WRITE -> change(path.get(), false);
            case CREATE -> change(path.get(), true);
        }
        place.fields().stream().filter(field -> !read.contains(field.key())).forEach(draft::ignore);
    }

    private void chmod(WorkspacePath path) {
        if (!mode.isPresent()) {
            draft.reject(mode, "is missing: the permissions, such as \"0755\"");
        }
        mode().ifPresent(bits -> add(new Step.Chmod(path, bits)));
    }

    private void change(WorkspacePath path, boolean mustBeNew) {
        boolean edits = place.has(CHANGES) || TextChange.isIn(place);
        if (contents.isPresent() == edits) {
            draft.reject(place, "must have either `contents` or `changes`; it has " + (edits ? "both" : "neither"));
        } else if (contents.isPresent()) {
            write(path, mustBeNew);
        } else if (mustBeNew) {
            draft.reject(place, "a new file has no text to change; send its `contents`");
        } else {
            edit(path);
        }
    }

    private void write(WorkspacePath path, boolean mustBeNew) {
        read.add(contents.key());
        OptionalInt bits = mode();
        contents.text()
                .ifPresentOrElse(
                        text -> add(new Step.Write(path, Bytes.utf8(text), bits, mustBeNew)),
                        () -> draft.reject(contents, "must be the file's whole content, as a string"));
    }

    private void edit(WorkspacePath path) {
        List<Replacement> hunks = hunks();
        if (!hunks.isEmpty()) {
            add(new Step.Edit(path, hunks));
        }
        mode().ifPresent(bits -> add(new Step.Chmod(path, bits)));
    }

    private List<Replacement> hunks() {
        List<Replacement> hunks = new ArrayList<>();
        Place changes = place.child(CHANGES);
        read.add(CHANGES);
        if (TextChange.isIn(place)) {
            TextChange own = new TextChange(place, draft);
            own.read().ifPresent(hunks::add);
            place.fields().stream().filter(own::reads).map(Place::key).forEach(read::add);
        }
        if (changes.isPresent() && changes.elements().isEmpty()) {
            draft.reject(changes, "must be a list of {\"old\": …, \"new\": …}");
        }
        changes.elements().stream().flatMap(change -> hunk(change).stream()).forEach(hunks::add);
        return hunks;
    }

    private Optional<Replacement> hunk(Place change) {
        if (!change.value().isObject()) {
            draft.reject(change, "is no exact change; send {\"old\": …, \"new\": …}");
            return Optional.empty();
        }
        TextChange pair = new TextChange(change, draft);
        change.fields().stream()
                .filter(field -> !pair.reads(field) && !field.key().equals("description"))
                .forEach(draft::ignore);
        return pair.read();
    }

    private OptionalInt mode() {
        read.add(mode.key());
        return FileMode.read(mode, draft);
    }

    private void add(Step step) {
        draft.add(Phase.MUTATIONS, step, Mutation.FORM, detectedBy);
    }
}
