package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.engine.plan.Placement;
import dev.patchferry.engine.plan.Placement.Spot;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads where in a file a content goes that is not the whole file. */
final class Placing {
    private static final List<String> BEHIND = FieldForm.MUTATION.spellings("insert_after");
    private static final List<String> BEFORE = FieldForm.MUTATION.spellings("insert_before");
    private static final List<String> INSERT_LINE = FieldForm.MUTATION.spellings("insert_line");
    private static final String APPEND = "append";
    private static final String PREPEND = "prepend";
    private static final String LINE = "line";
    private static final String POSITION = "position";

    private final JsonField jsonField;
    private final Verb verb;
    private final PlanBuilder planBuilder;
    private final List<Spot> spots = new ArrayList<>();
    private boolean faulty;

    Placing(JsonField jsonField, Verb verb, PlanBuilder planBuilder) {
        this.jsonField = jsonField;
        this.verb = verb;
        this.planBuilder = planBuilder;
    }

    /** Every field that may say where. */
    static Set<String> names() {
        return Stream.of(
                        BEHIND.stream(),
                        BEFORE.stream(),
                        INSERT_LINE.stream(),
                        LineNumbers.names().stream(),
                        Stream.of(APPEND, PREPEND, POSITION))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
    }

    /** Whether a place is asked for, sensibly or not. */
    boolean isAsked() {
        return verb.inserts() || isAskedIn(jsonField);
    }

    static boolean isAskedIn(JsonField jsonField) {
        return names().stream().map(jsonField::child).anyMatch(at -> FieldForm.asksForSomething(at.value()));
    }

    /** The text that {@code append} or {@code prepend} itself holds. */
    Optional<JsonField> ownText() {
        return Stream.of(APPEND, PREPEND)
                .map(jsonField::child)
                .filter(at -> at.text().isPresent())
                .findFirst();
    }

    /** The place; empty if none or several are named, and then the draft is rejected. */
    Optional<Spot> spot(WorkspacePath path) {
        edges();
        position();
        lines();
        beside(BEHIND, true);
        beside(BEFORE, false);
        if (verb == Verb.INSERT_BEHIND || verb == Verb.INSERT_BEFORE) {
            beside(TextChange.BEFORE, verb == Verb.INSERT_BEHIND);
        }
        List<Spot> different = spots.stream().distinct().toList();
        if (faulty) {
            return Optional.empty();
        }
        if (different.size() != 1) {
            planBuilder.reject(
                    jsonField,
                    different.isEmpty()
                            ? "does not say where the text goes; send `insert_line`, `insert_after` or `append`"
                            : "names several places: " + inWords(different) + "; send one");
            return Optional.empty();
        }
        return Optional.of(different.getFirst()).filter(spot -> numbersHold(spot, path));
    }

    private static String inWords(List<Spot> spots) {
        return spots.stream().map(Spot::inWords).collect(Collectors.joining(", "));
    }

    private void edges() {
        if (verb == Verb.APPEND
                || FieldForm.asksForSomething(jsonField.child(APPEND).value())) {
            spots.add(new Placement.Edge(true));
        }
        if (verb == Verb.PREPEND
                || FieldForm.asksForSomething(jsonField.child(PREPEND).value())) {
            spots.add(new Placement.Edge(false));
        }
    }

    private void position() {
        JsonField at = jsonField.child(POSITION);
        if (!at.isPresent()) {
            return;
        }
        switch (at.text().orElse("").strip().toLowerCase(Locale.ROOT)) {
            case "end", "bottom", "append", "last", "eof" -> spots.add(new Placement.Edge(true));
            case "start", "beginning", "top", "prepend", "first" -> spots.add(new Placement.Edge(false));
            default ->
                fault(at, "must be start or end; for a line send `insert_line`, `insert_after` or `insert_before`");
        }
    }

    private void lines() {
        JsonField insert = jsonField.firstOf(INSERT_LINE);
        if (insert.isPresent()) {
            behind(insert, LineNumbers.numberAt(insert));
        }
        LineNumbers numbers = new LineNumbers(jsonField, planBuilder);
        if (!numbers.areGiven()) {
            return;
        }
        if (verb != Verb.WRITE || jsonField.has(LINE)) {
            fault(
                    jsonField,
                    "does not say whether the line stays; send `insert_line` to put text below it, or `start_line` and"
                            + " `end_line` without another verb to replace it");
            return;
        }
        Optional<LineNumbers.Range> range = numbers.read();
        faulty |= range.isEmpty();
        if (range.isPresent() && range.get().last().isEmpty()) {
            fault(jsonField, "names the first line that is replaced and not the last; send `end_line`");
        }
        range.ifPresent(lines ->
                spots.add(new Placement.Lines(lines.first(), lines.last().orElse(lines.first()), Optional.empty())));
    }

    private void behind(JsonField at, OptionalInt line) {
        if (line.isEmpty()) {
            fault(at, "must be the number of the line behind which the text goes, 0 for the beginning");
        } else {
            spots.add(line.getAsInt() == 0 ? new Placement.Edge(false) : new Placement.BehindLine(line.getAsInt()));
        }
    }

    private void beside(List<String> names, boolean behind) {
        JsonField at = jsonField.firstOf(names);
        if (!at.isPresent()) {
            return;
        }
        OptionalInt line = at.value().isInt() ? LineNumbers.numberAt(at) : OptionalInt.empty();
        if (line.isPresent()) {
            behind(at, behind ? line : OptionalInt.of(Math.max(0, line.getAsInt() - 1)));
        } else if (at.text().filter(text -> !text.isBlank()).isPresent()) {
            spots.add(new Placement.Beside(at.text().get(), behind));
        } else {
            fault(at, "must be the lines beside which the text goes, as they stand in the file");
        }
    }

    /** A number says something only of a file that the sender is known to have seen, before anything else changed it. */
    private boolean numbersHold(Spot spot, WorkspacePath path) {
        boolean counts = spot instanceof Placement.BehindLine || spot instanceof Placement.Lines;
        if (counts && !planBuilder.isAsInBase(path)) {
            planBuilder.reject(
                    jsonField,
                    "names " + spot.inWords() + " of " + path + ", which may have other lines by now; send the file's"
                            + " SHA-256 as `base`, one such change a file, or `old` with the text that stands there");
            return false;
        }
        return true;
    }

    private void fault(JsonField at, String reason) {
        faulty = true;
        planBuilder.reject(at, reason);
    }
}
