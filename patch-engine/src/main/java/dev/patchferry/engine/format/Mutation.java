package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.engine.plan.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one entry of {@code mutations}: commands, or something done to a file. */
record Mutation(JsonField place, String detectedBy, PlanBuilder draft) {
    static final String FORM = "mutations";
    private static final String SHELL = "shell";

    void read() {
        if (!place.value().isObject()) {
            draft.reject(place, "must be an object, such as {\"path\": …, \"contents\": …}");
        } else if (place.has(SHELL)) {
            commands();
        } else if (FileMutation.isOne(place)) {
            new FileMutation(place, detectedBy, draft).read();
        } else {
            draft.reject(place, "holds nothing that can be executed" + found() + "; send `path` and `contents`");
            new Unread(FieldForm.MUTATION, draft).check(place, Set.of(), "needs a `path`");
        }
    }

    private void commands() {
        if (FileMutation.isOne(place)) {
            draft.reject(place, "names both commands and a change of a file; send two mutations");
            return;
        }
        new Commands(draft, Phase.MUTATIONS, Step.Run.Kind.PATCH, FORM, detectedBy).read(place.child(SHELL));
        Set<String> read = new HashSet<>(List.of(SHELL, "type", "kind", "op", "name"));
        new Unread(FieldForm.COMMANDS, draft).check(place, read, "does not go together with commands");
    }

    private String found() {
        return place.fields().stream()
                .limit(10)
                .map(field -> "`" + field.key() + "`")
                .collect(Collectors.joining(", ", ", only ", ""));
    }
}
