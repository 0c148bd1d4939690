package dev.patchferry.runner.format;

import java.util.Locale;
import java.util.Optional;

/** What a mutation says is done to its file. */
enum Verb {
    WRITE,
    CREATE,
    DELETE,
    CHMOD;

    /** The verb that stands here, {@link #WRITE} where none does; empty for an unknown one, which rejects the draft. */
    static Optional<Verb> read(Place at, Draft draft) {
        if (!at.isPresent()) {
            return Optional.of(WRITE);
        }
        Optional<Verb> verb = at.text().flatMap(Verb::named);
        if (verb.isEmpty()) {
            draft.reject(at, "must be one of upsert, create, update, delete, chmod");
        }
        return verb;
    }

    private static Optional<Verb> named(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "upsert", "update", "write", "modify", "edit", "replace" -> Optional.of(WRITE);
            case "create", "add" -> Optional.of(CREATE);
            case "delete", "remove" -> Optional.of(DELETE);
            case "chmod" -> Optional.of(CHMOD);
            default -> Optional.empty();
        };
    }
}
