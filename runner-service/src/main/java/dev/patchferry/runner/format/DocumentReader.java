package dev.patchferry.runner.format;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.runner.plan.Step;
import java.util.Set;

/** Reads a document: the one that was sent, or one that stands in another one's {@code patch}. */
record DocumentReader(Place document, Envelope envelope, Draft draft) {
    private static final Set<String> PARTS = Set.of("patch", "mutations", "postMutationBuild", "validate");

    void read() {
        new WrappedSwitches(document, envelope, draft).check();
        boolean replaces = envelope.depth() > 0 && ReplacePatch.isOne(document);
        ReplacePatch replacement = new ReplacePatch(document, envelope, draft);
        if (replaces) {
            replacement.read();
        }
        patch(document.child("patch"));
        mutations(document.child("mutations"));
        build(document.child("postMutationBuild"));
        validation(document.child("validate"));
        document.fields().stream()
                .filter(field -> !PARTS.contains(field.key()) && !Envelope.holds(field))
                .filter(field -> !(replaces && replacement.reads(field)))
                .forEach(draft::ignore);
    }

    private void patch(Place patch) {
        if (patch.text().isPresent()) {
            new TextPatch(patch, patch.text().get(), envelope, draft).read();
        } else if (patch.value().isObject()) {
            Envelope inner = envelope.within(patch);
            inner.format().ifPresent(format -> requireForm(format, patch));
            new DocumentReader(patch, inner, draft).read();
        } else if (patch.isPresent()) {
            draft.malformed(patch, "must be a string or an object");
        }
    }

    /** An explicit format is about text, which a wrapped document may hold, or about {pattern, replacement}. */
    private void requireForm(PatchFormat format, Place patch) {
        boolean replace = format == PatchFormat.REPLACE;
        if (!patch.has("patch") && !(replace && ReplacePatch.isOne(patch))) {
            String form = replace ? "{\"pattern\": …, \"replacement\": …}" : "a string";
            draft.reject(patch, "must be " + form + ", since `format` is " + format.wireName());
        }
    }

    private void mutations(Place mutations) {
        if (mutations.isPresent() && !mutations.value().isArray()) {
            draft.malformed(mutations, "must be a list of mutations, such as {\"path\": …, \"contents\": …}");
        } else if (mutations.isPresent() && mutations.value().isEmpty()) {
            draft.ignore(mutations);
        }
        for (Place mutation : mutations.elements()) {
            new Mutation(mutation, because(mutations), draft).read();
        }
    }

    private void build(Place build) {
        if (isOff(build)) {
            return;
        }
        new Commands(draft, Phase.BUILD, Step.Run.Kind.BUILD, "commands", because(build)).read(build);
    }

    /** Unlike a build, a validation is often a list of sentences; only what says that it is shell is run. */
    private void validation(Place validation) {
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

    private boolean isOff(Place part) {
        boolean refused = part.value().isBoolean() && !part.value().booleanValue();
        if (refused) {
            draft.ignore(part);
        }
        return refused || !part.isPresent();
    }

    private String because(Place part) {
        return (envelope.depth() == 0 ? "document" : "patch") + " has " + part.key();
    }
}
