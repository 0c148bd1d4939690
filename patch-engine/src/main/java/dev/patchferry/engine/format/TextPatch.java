package dev.patchferry.engine.format;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.engine.format.applypatch.ApplyPatch;
import dev.patchferry.engine.format.diff.UnifiedDiff;
import dev.patchferry.engine.format.searchreplace.SearchReplace;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.PatchReading;
import dev.patchferry.engine.plan.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a {@code patch} that is text, once {@link TextForm} has told what kind of text it is. */
record TextPatch(JsonField patch, String text, JsonField document, Envelope envelope, PlanBuilder draft) {
    private static final Set<Verb> OTHER_THAN_WRITING = EnumSet.complementOf(EnumSet.of(Verb.WRITE, Verb.CREATE));
    private static final Set<String> SHELLS = Set.of("", "sh", "bash", "shell", "zsh");

    /** Returns whether the text is a content, with which the fields beside it were read that say where it goes. */
    boolean read() {
        return switch (TextForm.of(text, envelope, draft.context())) {
            case TextForm.Told(PatchFormat format, String because) -> {
                readAs(format, because);
                yield format == PatchFormat.CONTENT;
            }
            case TextForm.Unclear(String reason) -> {
                draft.reject(patch, reason);
                yield false;
            }
        };
    }

    private void readAs(PatchFormat format, String because) {
        Wrapped wrapped = Wrapped.of(text);
        Optional<String> target = envelope.targetFile().text().filter(path -> !path.isBlank() && !path.equals("-"));
        switch (format) {
            case SHELL -> command(because);
            case CONTENT -> content(because);
            case UNIFIED_DIFF -> diff(wrapped, target, because);
            case APPLY_PATCH -> take(ApplyPatch.read(lines(wrapped)), format, because);
            // The fence's own line may name the file, so the blocks are read with it.
            case SEARCH_REPLACE ->
                take(
                        SearchReplace.read(new PatchLines(text, draft.context().workspaceRoot()), target),
                        format,
                        because);
            case REPLACE ->
                draft.reject(patch, "must be {\"pattern\": …, \"replacement\": …}, since " + because + "; it is text");
            case AUTO -> throw new IllegalArgumentException("auto is not a form");
        }
    }

    /** Some senders call everything a diff; what opens as a patch of the other kind is one. */
    private void diff(Wrapped wrapped, Optional<String> target, String because) {
        Optional<FormatMarker> other = FormatMarker.of(wrapped.text())
                .filter(formatMarker -> formatMarker.format() == PatchFormat.APPLY_PATCH);
        if (other.isPresent()) {
            take(
                    ApplyPatch.read(lines(wrapped)),
                    PatchFormat.APPLY_PATCH,
                    because + ", but patch opens with " + other.get().marker());
        } else {
            take(UnifiedDiff.read(lines(wrapped), target, wrapped.strip()), PatchFormat.UNIFIED_DIFF, because);
        }
    }

    private PatchLines lines(Wrapped wrapped) {
        return new PatchLines(wrapped.text(), draft.context().workspaceRoot(), wrapped.folder());
    }

    private void take(PatchReading reading, PatchFormat format, String because) {
        switch (reading) {
            case PatchReading.Steps(List<Step> steps, List<String> unread) -> {
                steps.forEach(step -> draft.add(Phase.PATCH, step, format.wireName(), because));
                unread.forEach(draft::ignore);
            }
            case PatchReading.Unusable unusable ->
                draft.reject(patch, "as " + format.wireName() + " (" + because + "): " + unusable.inWords());
        }
    }

    private void command(String because) {
        Optional<Fence> fence = Fence.around(text);
        if (fence.isPresent() && !SHELLS.contains(fence.get().info().toLowerCase(Locale.ROOT))) {
            draft.reject(
                    patch, "is a Markdown block of " + fence.get().info() + ", not a command; send the bare command");
            return;
        }
        JsonField command = patch.with(fence.map(Fence::body).orElse(text));
        new Commands(draft, Phase.PATCH, Step.Run.Kind.PATCH, PatchFormat.SHELL.wireName(), because).read(command);
    }

    private void content(String because) {
        JsonField type = document.child("type");
        boolean other = type.text()
                .flatMap(Verb::named)
                .filter(OTHER_THAN_WRITING::contains)
                .isPresent();
        if (other) {
            draft.reject(
                    type,
                    "says other than the role, by which the file gets this content; send an entry of `mutations`");
        }
        draft.path(envelope.targetFile())
                .flatMap(path -> new FileContent(document, Verb.WRITE, draft).step(path, patch, OptionalInt.empty()))
                .ifPresent(step -> draft.add(Phase.PATCH, step, PatchFormat.CONTENT.wireName(), because));
    }
}
