package dev.patchferry.runner.format;

import dev.patchferry.runner.plan.Replacement;
import java.util.List;
import java.util.Optional;

/** Reads an object that names an old and a new text, under one of the pairs of names that senders use. */
record TextChange(Place place, Draft draft) {
    private static final List<Names> USUAL = List.of(
            new Names("pattern", "replacement", true),
            new Names("old", "new", false),
            new Names("oldText", "newText", false),
            new Names("old_text", "new_text", false),
            new Names("oldString", "newString", false),
            new Names("old_string", "new_string", false),
            new Names("search", "replace", false),
            new Names("find", "replace", false),
            new Names("from", "to", false));

    private static final List<String> ALL = List.of("all", "replace_all", "replaceAll");
    private static final String REGEX = "regex";

    /**
     * The names of the two texts.
     *
     * @param regex whether a text under this name is a regular expression unless said otherwise, and the first match
     *     is meant; any other text must stand in one place alone
     */
    private record Names(String before, String after, boolean regex) {
        boolean areIn(Place place) {
            return place.has(before) && place.has(after);
        }

        boolean beginIn(Place place) {
            return place.has(before) || place.has(after);
        }
    }

    /** Whether an object names an old or a new text. */
    static boolean isIn(Place place) {
        return USUAL.stream().anyMatch(names -> names.beginIn(place));
    }

    /** The change, if it is whole; else the draft is rejected. */
    Optional<Replacement> read() {
        Optional<Names> names = names();
        if (names.isEmpty()) {
            draft.reject(place, "names no old and new text; send {\"old\": …, \"new\": …}");
            return Optional.empty();
        }
        Optional<String> before = text(names.get().before());
        Optional<String> after = text(names.get().after());
        if (before.filter(String::isEmpty).isPresent()) {
            draft.reject(place.child(names.get().before()), "must not be empty; name the text that is to be replaced");
            return Optional.empty();
        }
        boolean regex = flag(place.child(REGEX), names.get().regex());
        boolean all = flag(place.firstOf(ALL), false);
        Replacement.Matches one = names.get().regex() ? Replacement.Matches.FIRST : Replacement.Matches.ONLY;
        Replacement.Matches matches = all ? Replacement.Matches.ALL : one;
        return before.flatMap(old -> after.map(fresh -> new Replacement(old, fresh, regex, matches)));
    }

    /** Whether this field of the object is part of the change. */
    boolean reads(Place field) {
        return field.key().equals(REGEX)
                || field.key().equals(place.firstOf(ALL).key())
                || names().filter(names -> field.key().equals(names.before())
                                || field.key().equals(names.after()))
                        .isPresent();
    }

    private Optional<Names> names() {
        return USUAL.stream()
                .filter(names -> names.areIn(place))
                .findFirst()
                .or(() -> USUAL.stream().filter(names -> names.beginIn(place)).findFirst());
    }

    private Optional<String> text(String key) {
        Place at = place.child(key);
        if (at.text().isEmpty()) {
            draft.reject(at, at.isPresent() ? "must be a string" : "is missing");
        }
        return at.text();
    }

    private boolean flag(Place at, boolean otherwise) {
        if (at.isPresent() && !at.value().isBoolean()) {
            draft.reject(at, "must be true or false");
        }
        return at.value().asBoolean(otherwise);
    }
}
