package dev.patchferry.engine.format;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a mutation says is done to its file. */
enum Verb {
    WRITE,
    CREATE,
    DELETE,
    CHMOD,
    INSERT,
    APPEND,
    PREPEND,
    INSERT_BEHIND,
    INSERT_BEFORE;

    /**
     * The verb that these fields say, {@link #WRITE} where they say none; empty for an unknown one, or two, which rejects
     * the draft.
     */
    static Optional<Verb> read(JsonField mutation, List<String> fields, PlanBuilder planBuilder) {
        List<JsonField> said = fields.stream()
                .map(mutation::child)
                .filter(JsonField::isPresent)
                .toList();
        if (said.isEmpty()) {
            return Optional.of(WRITE);
        }
        Optional<Verb> first = Optional.empty();
        for (JsonField at : said) {
            Optional<Verb> verb = at.text().flatMap(Verb::named);
            if (verb.isEmpty()) {
                planBuilder.reject(at, "must be one of upsert, create, update, delete, chmod, insert, append, prepend");
                return Optional.empty();
            }
            if (first.isPresent() && !first.equals(verb)) {
                planBuilder.reject(at, "says other than `" + said.getFirst().key() + "`; send one of them");
                return Optional.empty();
            }
            first = verb;
        }
        return first;
    }

    /** What a word says, if it is one that says something. */
    static Optional<Verb> named(String word) {
        String folded = word.strip()
                .replaceAll("(?<=\\p{Lower})(?=\\p{Upper})", "_")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s-]+", "_")
                .replaceFirst("^file_(?=[a-z])", "")
                .replaceFirst("(?<=[a-z])_file$", "");
        return switch (folded) {
            case "upsert", "update", "write", "modify", "edit", "replace", "overwrite", "save", "put", "change" ->
                Optional.of(WRITE);
            case "str_replace", "search_replace", "find_replace", "replace_text", "replace_lines", "edit_lines" ->
                Optional.of(WRITE);
            case "create", "add", "new" -> Optional.of(CREATE);
            case "delete", "remove" -> Optional.of(DELETE);
            case "chmod" -> Optional.of(CHMOD);
            case "insert", "insert_line", "insert_lines", "insert_text" -> Optional.of(INSERT);
            case "append", "append_to", "add_to_end", "insert_at_end" -> Optional.of(APPEND);
            case "prepend", "prepend_to", "add_to_start", "insert_at_start" -> Optional.of(PREPEND);
            case "add_after", "insert_after", "append_after", "add_below" -> Optional.of(INSERT_BEHIND);
            case "add_before", "insert_before", "prepend_before", "add_above" -> Optional.of(INSERT_BEFORE);
            default -> Optional.empty();
        };
    }

    /** Whether lines are put beside others, which stay. */
    boolean inserts() {
        return switch (this) {
            case INSERT, APPEND, PREPEND, INSERT_BEHIND, INSERT_BEFORE -> true;
            case WRITE, CREATE, DELETE, CHMOD -> false;
        };
    }
}
