package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.engine.plan.Replacement.Matches;
import dev.patchferry.engine.plan.Replacement.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads which of several places a text is replaced in, and how the text is read.
 *
 * @param isPattern whether the text may be a regular expression unless said otherwise, and the first match is meant; any
 *     other text must stand in one place alone
 */
record Occurrences(JsonField place, boolean isPattern, PlanBuilder draft) {
    private static final List<String> REGEX = FieldForm.CHANGE.spellings("regex");
    private static final List<String> ALL = FieldForm.CHANGE.spellings("all");
    private static final List<String> FLAGS = FieldForm.CHANGE.spellings("flags");
    private static final List<String> OCCURRENCE = FieldForm.CHANGE.spellings("occurrence");
    private static final List<String> COUNT = FieldForm.CHANGE.spellings("count");

    /** What was read. */
    record Which(Reading reading, Matches matches, int count) {}

    static Set<String> names() {
        return Stream.of(REGEX, ALL, FLAGS, OCCURRENCE, COUNT)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /** Which places; empty if that makes no sense, and then the draft is rejected. */
    Optional<Which> read() {
        boolean byFlags = areAllByFlags();
        boolean all = flag(place.firstOf(ALL)) || byFlags;
        JsonField occurrence = place.firstOf(OCCURRENCE);
        JsonField count = place.firstOf(COUNT);
        if (occurrence.isPresent() && (all || count.isPresent())) {
            draft.reject(occurrence, "says other than `all` or `count`; send one of them");
            return Optional.empty();
        }
        if (count.isPresent()) {
            return counted(count, Matches.EXACTLY);
        }
        if (occurrence.text().filter("all"::equals).isPresent()) {
            return Optional.of(new Which(reading(), Matches.ALL, 0));
        }
        if (occurrence.text().filter("first"::equals).isPresent()) {
            return Optional.of(new Which(reading(), Matches.NTH, 1));
        }
        if (occurrence.isPresent()) {
            return counted(occurrence, Matches.NTH);
        }
        Matches one = isPattern ? Matches.FIRST : Matches.ONLY;
        return Optional.of(new Which(reading(), all ? Matches.ALL : one, 0));
    }

    private Optional<Which> counted(JsonField at, Matches matches) {
        OptionalInt number = LineNumbers.numberAt(at);
        if (number.isEmpty() || number.getAsInt() == 0) {
            draft.reject(at, "must be a whole number from 1");
            return Optional.empty();
        }
        return Optional.of(new Which(reading(), matches, number.getAsInt()));
    }

    private Reading reading() {
        JsonField regex = place.firstOf(REGEX);
        if (!regex.isPresent()) {
            return isPattern ? Reading.TEXT_OR_EXPRESSION : Reading.TEXT;
        }
        return flag(regex) ? Reading.EXPRESSION : Reading.TEXT;
    }

    /** {@code g} says that all places are meant, as in {@code sed}; what others say can be said in the pattern. */
    private boolean areAllByFlags() {
        JsonField flags = place.firstOf(FLAGS);
        String letters = flags.text().orElse("");
        if (flags.isPresent() && (flags.text().isEmpty() || !letters.matches("[gu]*"))) {
            draft.reject(flags, "can be \"g\" alone; begin the pattern with (?i), (?m) or (?s) for the others");
        }
        return letters.contains("g");
    }

    private boolean flag(JsonField at) {
        if (at.isPresent() && !at.value().isBoolean()) {
            draft.reject(at, "must be true or false");
        }
        return at.value().asBoolean(false);
    }
}
