package dev.patchferry.runner.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.contract.FieldSpec;
import dev.patchferry.runner.plan.Bytes;
import dev.patchferry.runner.plan.Hunk;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads an entry of {@code mutations} that writes, edits or deletes a file or gives it a mode. */
final class FileMutation {
    private static final List<String> VERBS = FieldForm.MUTATION.spellings("op");
    static final List<String> PATHS = FieldForm.MUTATION.spellings("path");
    private static final List<String> CONTENTS = FieldForm.MUTATION.spellings("contents");
    private static final List<String> TEXTS = FieldForm.MUTATION.spellings("text");
    private static final String MODE = "mode";
    private static final String DELETE = "delete";
    private static final String WHOLE_FILES =
            "says that a part is meant, but only whole files are deleted; send changes [{\"old\": …, \"new\": \"\"}] for text";

    private final Place place;
    private final String detectedBy;
    private final Draft draft;
    private final Set<String> read = new HashSet<>(VERBS);

    FileMutation(Place place, String detectedBy, Draft draft) {
        this.place = place;
        this.detectedBy = detectedBy;
        this.draft = draft;
        read.addAll(PATHS);
        read.add("description");
    }

    /** Whether an entry says anything of what can be done to a file. */
    static boolean isOne(Place place) {
        return place.firstOf(PATHS).isPresent()
                || place.firstOf(CONTENTS).isPresent()
                || ChangeList.isIn(place)
                || TextChange.isIn(place);
    }

    void read() {
        Optional<Verb> verb = Verb.read(place, VERBS, draft);
        Optional<WorkspacePath> path = path(place, draft);
        if (verb.isEmpty() || path.isEmpty()) {
            return;
        }
        boolean deletes = verb.get() == Verb.DELETE || flag(DELETE);
        if (deletes) {
            delete(path.get(), verb.get());
        } else if (verb.get() == Verb.CHMOD) {
            chmod(path.get());
        } else {
            change(path.get(), verb.get());
        }
        String hint = deletes ? WHOLE_FILES : "does not go together with what else the mutation says";
        new Unread(FieldForm.MUTATION, draft).check(place, read, hint);
    }

    /** The one path that an object names. */
    static Optional<WorkspacePath> path(Place place, Draft draft) {
        List<Place> named =
                PATHS.stream().map(place::child).filter(Place::isPresent).toList();
        boolean agree = named.stream().map(Place::value).distinct().count() <= 1;
        if (!agree) {
            draft.reject(
                    named.getLast(),
                    "names another file than `" + named.getFirst().key() + "`; send one path");
            return Optional.empty();
        }
        return draft.path(place.firstOf(PATHS));
    }

    private boolean flag(String key) {
        Place at = place.child(key);
        if (at.isPresent() && !at.value().isBoolean()) {
            draft.reject(at, "must be true or false");
        }
        read.add(key);
        return at.value().asBoolean(false);
    }

    /** An empty content beside a deletion says the same twice; any other says what is to stay or to go. */
    private void delete(WorkspacePath path, Verb verb) {
        Place contents = place.firstOf(CONTENTS);
        if (contents.text().filter(String::isEmpty).isPresent()) {
            read.add(contents.key());
        }
        if (verb != Verb.DELETE && verb != Verb.WRITE) {
            draft.reject(place.child(DELETE), "says other than `op`; send one of them");
        }
        add(new Step.Delete(path));
    }

    private void chmod(WorkspacePath path) {
        Place mode = place.child(MODE);
        if (!mode.isPresent()) {
            draft.reject(mode, "is missing: the permissions, such as \"0755\"");
        }
        mode().ifPresent(bits -> add(new Step.Chmod(path, bits)));
    }

    private void change(WorkspacePath path, Verb verb) {
        Place contents = place.firstOf(CONTENTS);
        boolean placed = verb.inserts() || (Placing.isAskedIn(place) && !TextChange.isIn(place));
        boolean edits = !verb.inserts() && (ChangeList.isIn(place) || TextChange.isIn(place));
        if (placed && !edits) {
            insert(path, verb);
        } else if (contents.isPresent() == edits) {
            if (!edits && place.fields().stream().map(Place::key).anyMatch(FileMutation::isRefused)) {
                return;
            }
            draft.reject(place, "must have either `contents` or `changes`; it has " + (edits ? "both" : "neither"));
        } else if (contents.isPresent()) {
            write(path, contents, verb);
        } else {
            edit(path, verb);
        }
    }

    /** Whether a field says by itself why there is nothing to do. */
    private static boolean isRefused(String key) {
        return FieldForm.MUTATION.effectOf(key) == FieldSpec.Effect.REFUSED;
    }

    private void write(WorkspacePath path, Place contents, Verb verb) {
        one(CONTENTS);
        read.addAll(FileContent.names());
        Optional<EmbeddedPatch> patch =
                TextForm.PATCH_FILE.matcher(path.value()).matches()
                        ? Optional.empty()
                        : contents.text().flatMap(text -> EmbeddedPatch.inContent(text, path.value()));
        patch.ifPresent(found -> draft.reject(
                contents,
                found.inWords() + ", which is no content of a file; send it as `patch` of a document, or with"
                        + " \"encoding\": \"base64\" if the file holds it"));
        new FileContent(place, verb, draft).step(path, contents, mode()).ifPresent(this::add);
    }

    /** The text to insert stands wherever a text can stand. */
    private void insert(WorkspacePath path, Verb verb) {
        Placing placing = new Placing(place, verb, draft);
        Place text = placing.ownText()
                .orElseGet(() -> List.of(CONTENTS, TEXTS, TextChange.AFTER).stream()
                        .map(place::firstOf)
                        .filter(Place::isPresent)
                        .findFirst()
                        .orElseGet(() -> place.firstOf(CONTENTS)));
        read.add(text.key());
        if (verb == Verb.INSERT_BEHIND || verb == Verb.INSERT_BEFORE) {
            read.addAll(TextChange.BEFORE);
        }
        read.addAll(FileContent.names());
        new FileContent(place, verb, draft)
                .step(path, text, OptionalInt.empty())
                .ifPresent(this::add);
    }

    private void edit(WorkspacePath path, Verb verb) {
        Optional<String> whole = ChangeList.isIn(place) ? Optional.empty() : new TextChange(place, draft).wholeFile();
        if (whole.isPresent()) {
            read.addAll(TextChange.BEFORE);
            read.addAll(TextChange.AFTER);
            add(new Step.Write(path, Bytes.utf8(whole.get()), mode(), true));
            return;
        }
        if (verb == Verb.CREATE) {
            draft.reject(place, "a new file has no text to change; send its `contents`");
        }
        ChangeList changes = new ChangeList(place, draft);
        List<Hunk> hunks = changes.read();
        read.addAll(changes.fieldsRead());
        if (!hunks.isEmpty()) {
            add(new Step.Edit(path, hunks));
        }
        mode().ifPresent(bits -> add(new Step.Chmod(path, bits)));
    }

    /** Of several spellings of one field one alone can be meant. */
    private void one(List<String> spellings) {
        List<Place> given =
                spellings.stream().map(place::child).filter(Place::isPresent).toList();
        if (given.size() > 1) {
            draft.reject(
                    given.getLast(), "says the same as `" + given.getFirst().key() + "`; send one of them");
        }
        read.addAll(spellings);
    }

    private OptionalInt mode() {
        read.add(MODE);
        return FileMode.read(place.child(MODE), draft);
    }

    private void add(Step step) {
        draft.add(Phase.MUTATIONS, step, Mutation.FORM, detectedBy);
    }
}
