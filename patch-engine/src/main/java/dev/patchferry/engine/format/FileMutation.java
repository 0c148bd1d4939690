package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.contract.FieldSpec;
import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
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

    private final JsonField jsonField;
    private final String detectedBy;
    private final PlanBuilder planBuilder;
    private final Set<String> read = new HashSet<>(VERBS);

    FileMutation(JsonField jsonField, String detectedBy, PlanBuilder planBuilder) {
        this.jsonField = jsonField;
        this.detectedBy = detectedBy;
        this.planBuilder = planBuilder;
        read.addAll(PATHS);
        read.add("description");
    }

    /** Whether an entry says anything of what can be done to a file. */
    static boolean isOne(JsonField jsonField) {
        return jsonField.firstOf(PATHS).isPresent()
                || jsonField.firstOf(CONTENTS).isPresent()
                || ChangeList.isIn(jsonField)
                || TextChange.isIn(jsonField);
    }

    void read() {
        Optional<Verb> verb = Verb.read(jsonField, VERBS, planBuilder);
        Optional<WorkspacePath> path = path(jsonField, planBuilder);
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
        new Unread(FieldForm.MUTATION, planBuilder).check(jsonField, read, hint);
    }

    /** The one path that an object names. */
    static Optional<WorkspacePath> path(JsonField jsonField, PlanBuilder planBuilder) {
        List<JsonField> named = PATHS.stream()
                .map(jsonField::child)
                .filter(JsonField::isPresent)
                .toList();
        boolean agree = named.stream().map(JsonField::value).distinct().count() <= 1;
        if (!agree) {
            planBuilder.reject(
                    named.getLast(),
                    "names another file than `" + named.getFirst().key() + "`; send one path");
            return Optional.empty();
        }
        return planBuilder.path(jsonField.firstOf(PATHS));
    }

    private boolean flag(String key) {
        JsonField at = jsonField.child(key);
        if (at.isPresent() && !at.value().isBoolean()) {
            planBuilder.reject(at, "must be true or false");
        }
        read.add(key);
        return at.value().asBoolean(false);
    }

    /** An empty content beside a deletion says the same twice; any other says what is to stay or to go. */
    private void delete(WorkspacePath path, Verb verb) {
        JsonField contents = jsonField.firstOf(CONTENTS);
        if (contents.text().filter(String::isEmpty).isPresent()) {
            read.add(contents.key());
        }
        if (verb != Verb.DELETE && verb != Verb.WRITE) {
            planBuilder.reject(jsonField.child(DELETE), "says other than `op`; send one of them");
        }
        add(new Step.Delete(path));
    }

    private void chmod(WorkspacePath path) {
        JsonField mode = jsonField.child(MODE);
        if (!mode.isPresent()) {
            planBuilder.reject(mode, "is missing: the permissions, such as \"0755\"");
        }
        mode().ifPresent(bits -> add(new Step.Chmod(path, bits)));
    }

    private void change(WorkspacePath path, Verb verb) {
        JsonField contents = jsonField.firstOf(CONTENTS);
        boolean placed = verb.inserts() || (Placing.isAskedIn(jsonField) && !TextChange.isIn(jsonField));
        boolean edits = !verb.inserts() && (ChangeList.isIn(jsonField) || TextChange.isIn(jsonField));
        if (placed && !edits) {
            insert(path, verb);
        } else if (contents.isPresent() == edits) {
            if (!edits && jsonField.fields().stream().map(JsonField::key).anyMatch(FileMutation::isRefused)) {
                return;
            }
            planBuilder.reject(
                    jsonField, "must have either `contents` or `changes`; it has " + (edits ? "both" : "neither"));
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

    private void write(WorkspacePath path, JsonField contents, Verb verb) {
        one(CONTENTS);
        read.addAll(FileContent.names());
        Optional<EmbeddedPatch> patch =
                TextForm.PATCH_FILE.matcher(path.value()).matches()
                        ? Optional.empty()
                        : contents.text().flatMap(text -> EmbeddedPatch.inContent(text, path.value()));
        patch.ifPresent(found -> planBuilder.reject(
                contents,
                found.inWords() + ", which is no content of a file; send it as `patch` of a document, or with"
                        + " \"encoding\": \"base64\" if the file holds it"));
        new FileContent(jsonField, verb, planBuilder)
                .step(path, contents, mode())
                .ifPresent(this::add);
    }

    /** The text to insert stands wherever a text can stand. */
    private void insert(WorkspacePath path, Verb verb) {
        Placing placing = new Placing(jsonField, verb, planBuilder);
        JsonField text = placing.ownText()
                .orElseGet(() -> List.of(CONTENTS, TEXTS, TextChange.AFTER).stream()
                        .map(jsonField::firstOf)
                        .filter(JsonField::isPresent)
                        .findFirst()
                        .orElseGet(() -> jsonField.firstOf(CONTENTS)));
        read.add(text.key());
        if (verb == Verb.INSERT_BEHIND || verb == Verb.INSERT_BEFORE) {
            read.addAll(TextChange.BEFORE);
        }
        read.addAll(FileContent.names());
        new FileContent(jsonField, verb, planBuilder)
                .step(path, text, OptionalInt.empty())
                .ifPresent(this::add);
    }

    private void edit(WorkspacePath path, Verb verb) {
        Optional<String> whole =
                ChangeList.isIn(jsonField) ? Optional.empty() : new TextChange(jsonField, planBuilder).wholeFile();
        if (whole.isPresent()) {
            read.addAll(TextChange.BEFORE);
            read.addAll(TextChange.AFTER);
            add(new Step.Write(path, Bytes.utf8(whole.get()), mode(), true));
            return;
        }
        if (verb == Verb.CREATE) {
            planBuilder.reject(jsonField, "a new file has no text to change; send its `contents`");
        }
        ChangeList changes = new ChangeList(jsonField, planBuilder);
        List<Hunk> hunks = changes.read();
        read.addAll(changes.fieldsRead());
        if (!hunks.isEmpty()) {
            add(new Step.Edit(path, hunks));
        }
        mode().ifPresent(bits -> add(new Step.Chmod(path, bits)));
    }

    /** Of several spellings of one field one alone can be meant. */
    private void one(List<String> spellings) {
        List<JsonField> given = spellings.stream()
                .map(jsonField::child)
                .filter(JsonField::isPresent)
                .toList();
        if (given.size() > 1) {
            planBuilder.reject(
                    given.getLast(), "says the same as `" + given.getFirst().key() + "`; send one of them");
        }
        read.addAll(spellings);
    }

    private OptionalInt mode() {
        read.add(MODE);
        return FileMode.read(jsonField.child(MODE), planBuilder);
    }

    private void add(Step step) {
        planBuilder.add(Phase.MUTATIONS, step, Mutation.FORM, detectedBy);
    }
}
