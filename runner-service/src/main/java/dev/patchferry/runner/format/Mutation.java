package dev.patchferry.runner.format;

import dev.patchferry.runner.plan.Step;
import java.util.List;
import java.util.stream.Collectors;

/** Reads one entry of {@code mutations}: commands, or something done to a file. */
record Mutation(Place place, String detectedBy, Draft draft) {
    static final String FORM = "mutations";
    private static final String SHELL = "shell";
    private static final List<String> SKETCHES = List.of("code_edit", "codeEdit");

    void read() {
        Place sketch = place.firstOf(SKETCHES);
        if (!place.value().isObject()) {
            draft.reject(place, "must be an object, such as {\"path\": …, \"contents\": …}");
        } else if (sketch.isPresent()) {
            draft.reject(
                    sketch,
                    "is a sketch, from which no exact edit follows; send `changes` with `old` and `new` text, or the"
                            + " whole `contents`");
        } else if (place.has(SHELL)) {
            commands();
        } else if (FileMutation.isOne(place)) {
            new FileMutation(place, detectedBy, draft).read();
        } else {
            draft.reject(place, "holds nothing that can be executed" + found() + "; send `path` and `contents`");
        }
    }

    private void commands() {
        if (FileMutation.isOne(place)) {
            draft.reject(place, "names both commands and a change of a file; send two mutations");
            return;
        }
        new Commands(draft, Phase.MUTATIONS, Step.Run.Kind.PATCH, FORM, detectedBy).read(place.child(SHELL));
        place.fields().stream()
                .filter(field -> !field.key().equals(SHELL) && !Envelope.holds(field))
                .forEach(draft::ignore);
    }

    private String found() {
        return place.fields().stream()
                .limit(10)
                .map(field -> "`" + field.key() + "`")
                .collect(Collectors.joining(", ", ", only ", ""));
    }
}
