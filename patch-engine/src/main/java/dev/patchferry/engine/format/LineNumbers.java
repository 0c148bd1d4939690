package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which lines of a file are meant: {@code start_line} and {@code end_line}, or both as {@code lines}. */
record LineNumbers(JsonField place, PlanBuilder draft) {
    private static final List<String> STARTS = FieldForm.CHANGE.spellings("start_line");
    private static final List<String> ENDS = FieldForm.CHANGE.spellings("end_line");
    private static final List<String> RANGES = FieldForm.CHANGE.spellings("lines");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,7})(?:\\s*(?:-|–|\\.\\.|:|,)\\s*(\\d{1,7}))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");

    /** @param last empty if it was not said */
    record Range(int first, OptionalInt last) {}

    /** Every field that may say it. */
    static Set<String> names() {
        return Stream.of(STARTS, ENDS, RANGES).flatMap(List::stream).collect(Collectors.toSet());
    }

    boolean areGiven() {
        return names().stream().anyMatch(place::has);
    }

    /** The lines; empty if they are none, and then the draft is rejected. */
    Optional<Range> read() {
        JsonField range = place.firstOf(RANGES);
        JsonField start = place.firstOf(STARTS);
        JsonField end = place.firstOf(ENDS);
        if (names().stream().filter(place::has).count() > (end.isPresent() ? 2 : 1)
                || (range.isPresent() && end.isPresent())) {
            draft.reject(place, "says twice which lines are meant; send `start_line` and `end_line`");
            return Optional.empty();
        }
        if (range.isPresent()) {
            return range(range);
        }
        OptionalInt first = number(start);
        OptionalInt last = end.isPresent() ? number(end) : OptionalInt.empty();
        if (first.isEmpty() || (end.isPresent() && last.isEmpty())) {
            return Optional.empty();
        }
        return valid(start, first.getAsInt(), last);
    }

    private Optional<Range> range(JsonField at) {
        List<JsonField> ends = at.elements();
        if (ends.size() == 2) {
            OptionalInt first = number(ends.getFirst());
            OptionalInt last = number(ends.getLast());
            return first.isPresent() && last.isPresent() ? valid(at, first.getAsInt(), last) : Optional.empty();
        }
        Matcher range = RANGE.matcher(at.value().asText().strip());
        if (!range.matches()) {
            draft.reject(at, "must be line numbers, such as \"2-5\"; or send `start_line` and `end_line`");
            return Optional.empty();
        }
        int first = Integer.parseInt(range.group(1));
        return valid(at, first, OptionalInt.of(range.group(2) == null ? first : Integer.parseInt(range.group(2))));
    }

    private Optional<Range> valid(JsonField at, int first, OptionalInt last) {
        if (first < 1 || last.orElse(first) < first) {
            draft.reject(at, "must count from 1, the last line not before the first");
            return Optional.empty();
        }
        return Optional.of(new Range(first, last));
    }

    /** A line number, from 0; empty if it is none, and then the draft is rejected. */
    private OptionalInt number(JsonField at) {
        OptionalInt number = numberAt(at);
        if (number.isEmpty()) {
            draft.reject(at, at.isPresent() ? "must be a line number" : "is missing");
        }
        return number;
    }

    /** The whole number that stands here, if one does. */
    static OptionalInt numberAt(JsonField at) {
        boolean written = at.value().isInt() || at.value().isTextual();
        String digits = at.value().asText().strip();
        return written && NUMBER.matcher(digits).matches()
                ? OptionalInt.of(Integer.parseInt(digits))
                : OptionalInt.empty();
    }
}
