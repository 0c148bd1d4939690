package dev.patchferry.engine.format;

import dev.patchferry.contract.DryRun;
import dev.patchferry.contract.FieldForm;
import dev.patchferry.contract.PatchFormat;
import dev.patchferry.engine.plan.Step;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a document: the one that was sent, or one that stands in another one's {@code patch}. */
record DocumentReader(JsonField document, Envelope envelope, PlanBuilder draft) {
    private static final Set<String> PARTS = Set.of("patch", "mutations", "postMutationBuild", "validate");

    void read() {
        new WrappedSwitches(document, envelope, draft).check();
        Set<String> read = new HashSet<>(PARTS);
        if (envelope.depth() > 0 && ReplacePatch.isOne(document)) {
            ReplacePatch replacement = new ReplacePatch(document, envelope, draft);
            replacement.read();
            read.addAll(replacement.fieldsRead());
        }
        if (patch(document.child("patch"))) {
            read.addAll(FileContent.names());
        }
        mutations(document.child("mutations"));
        build(document.child("postMutationBuild"));
        validation(document.child("validate"));
        document.fields().stream().filter(Envelope::holds).map(JsonField::key).forEach(read::add);
        rest(read, envelope.depth() > 0 && ReplacePatch.isOne(document));
    }

    /** What nobody read: beside texts to replace it is about them, unless it is about a document. */
    private void rest(Set<String> read, boolean replaces) {
        Set<String> unread = new HashSet<>(read);
        if (envelope.depth() > 0) {
            DryRun.faults(document.value())
                    .forEach(
                            fault -> draft.reject(document.child(fault.pointer().substring(1)), fault.detail()));
        }
        if (envelope.depth() == 0 && draft.isEmpty()) {
            // Nothing can be executed, and the refusal names all that was found.
            document.fields().stream()
                    .filter(field -> !unread.contains(field.key()))
                    .forEach(draft::ignore);
            return;
        }
        String hint = "is about a content or a mutation; send it in the entry of `mutations` that it is for";
        if (replaces) {
            Set<String> ofADocument = document.fields().stream()
                    .map(JsonField::key)
                    .filter(key -> FieldForm.DOCUMENT.find(key).isPresent())
                    .collect(Collectors.toCollection(HashSet::new));
            ofADocument.addAll(unread);
            new Unread(FieldForm.CHANGE, draft).check(document, ofADocument, hint);
            document.fields().stream()
                    .map(JsonField::key)
                    .filter(key -> FieldForm.DOCUMENT.find(key).isEmpty())
                    .forEach(unread::add);
        }
        new Unread(FieldForm.DOCUMENT, draft).check(document, unread, hint);
    }

    /** Returns whether the fields beside the patch that say where a content goes were read with it. */
    private boolean patch(JsonField patch) {
        if (patch.text().isPresent()) {
            return new TextPatch(patch, patch.text().get(), document, envelope, draft).read();
        }
        if (patch.value().isObject()) {
            Envelope inner = envelope.within(patch);
            inner.format().ifPresent(format -> requireForm(format, patch));
            new DocumentReader(patch, inner, draft).read();
        } else if (patch.value().isArray() && !patch.value().isEmpty()) {
            list(patch);
        } else if (patch.isPresent()) {
            draft.malformed(patch, "must be a string, an object or a list of changes");
        }
        return false;
    }

    /** A list of changes of the target file, or of mutations that name their files. */
    private void list(JsonField patch) {
        envelope.format().ifPresent(format -> requireForm(format, patch));
        if (patch.elements().stream()
                .anyMatch(entry -> entry.firstOf(FileMutation.PATHS).isPresent())) {
            patch.elements().forEach(entry -> new Mutation(entry, "patch is a list of mutations", draft).read());
        } else {
            new ReplacePatch(patch, envelope, draft).read();
        }
    }

    /** An explicit format is about text, which a wrapped document may hold, or about {pattern, replacement}. */
    private void requireForm(PatchFormat format, JsonField patch) {
        boolean replace = format == PatchFormat.REPLACE;
        boolean changes = patch.value().isArray() || ReplacePatch.isOne(patch);
        if (!patch.has("patch") && !(replace && changes)) {
            String form = replace ? "{\"pattern\": …, \"replacement\": …}" : "a string";
            draft.reject(patch, "must be " + form + ", since `format` is " + format.wireName());
        }
    }

    private void mutations(JsonField mutations) {
        if (mutations.isPresent() && !mutations.value().isArray()) {
            draft.malformed(mutations, "must be a list of mutations, such as {\"path\": …, \"contents\": …}");
        } else if (mutations.isPresent() && mutations.value().isEmpty()) {
            draft.ignore(mutations);
        }
        for (JsonField mutation : mutations.elements()) {
            new Mutation(mutation, because(mutations), draft).read();
        }
    }

    private void build(JsonField build) {
        if (isOff(build)) {
            return;
        }
        new Commands(draft, Phase.BUILD, Step.Run.Kind.BUILD, "commands", because(build)).read(build);
    }

    /** Unlike a build, a validation is often a list of sentences; only what says that it is shell is run. */
    private void validation(JsonField validation) {
        if (isOff(validation)) {
            return;
        }
        if (validation.value().isObject()) {
            new Commands(draft, Phase.VALIDATE, Step.Run.Kind.VALIDATE, "commands", because(validation))
                    .read(validation);
        } else {
            draft.reject(validation, "does not say that it is commands; send {\"shell\": [\"…\"]}");
        }
    }

    private boolean isOff(JsonField part) {
        boolean refused = part.value().isBoolean() && !part.value().booleanValue();
        if (refused) {
            draft.ignore(part);
        }
        return refused || !part.isPresent();
    }

    private String because(JsonField part) {
        return (envelope.depth() == 0 ? "document" : "patch") + " has " + part.key();
    }
}
