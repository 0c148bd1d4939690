package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.LineHunk;
import dev.patchferry.engine.plan.Placement;
import dev.patchferry.engine.plan.Replacement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads an object that names an old and a new text, under one of the pairs of names that senders use. */
final class TextChange {
    static final List<String> BEFORE = FieldForm.CHANGE.spellings("old");
    static final List<String> AFTER = FieldForm.CHANGE.spellings("new");
    private static final String PATTERN = "pattern";

    /** Words that mean a text only beside each other, best first. */
    private static final List<Names> COUPLES = List.of(
            new Names("before", "after"),
            new Names("original", "updated"),
            new Names("original", "modified"),
            new Names("from", "to"));

    private final JsonField jsonField;
    private final PlanBuilder planBuilder;
    private final Set<String> read = new HashSet<>();

    /** The names of the two texts. */
    private record Names(String before, String after) {
        boolean areIn(JsonField jsonField) {
            return jsonField.has(before) && jsonField.has(after);
        }
    }

    TextChange(JsonField jsonField, PlanBuilder planBuilder) {
        this.jsonField = jsonField;
        this.planBuilder = planBuilder;
    }

    /** Whether an object names an old or a new text. */
    static boolean isIn(JsonField jsonField) {
        return Stream.concat(BEFORE.stream(), AFTER.stream()).anyMatch(jsonField::has)
                || COUPLES.stream().anyMatch(names -> names.areIn(jsonField));
    }

    /** The change, if it is whole; else the draft is rejected. */
    Optional<Hunk> read() {
        Optional<Names> names = names();
        if (names.isEmpty()) {
            read.addAll(BEFORE);
            read.addAll(AFTER);
            return Optional.empty();
        }
        read.add(names.get().before());
        read.add(names.get().after());
        Optional<String> before = text(names.get().before());
        Optional<String> after = text(names.get().after());
        LineNumbers numbers = new LineNumbers(jsonField, planBuilder);
        Occurrences occurrences =
                new Occurrences(jsonField, names.get().before().equals(PATTERN), planBuilder);
        read.addAll(LineNumbers.names());
        read.addAll(Occurrences.names());
        if (before.filter(String::isEmpty).isPresent()) {
            planBuilder.reject(
                    jsonField.child(names.get().before()), "must not be empty; name the text that is to be replaced");
            return Optional.empty();
        }
        if (numbers.areGiven()) {
            return numbers.read().flatMap(range -> before.flatMap(old -> after.map(fresh -> lines(range, old, fresh))));
        }
        return occurrences
                .read()
                .flatMap(which -> before.flatMap(old -> after.map(
                        fresh -> new Replacement(old, fresh, which.reading(), which.matches(), which.count()))));
    }

    /** The content of a file that is not there yet, if this is an empty old text and nothing else. */
    Optional<String> wholeFile() {
        List<String> olds = present(BEFORE);
        List<String> news = present(AFTER);
        boolean empty = olds.size() == 1
                && news.size() == 1
                && jsonField
                        .child(olds.getFirst())
                        .text()
                        .filter(String::isEmpty)
                        .isPresent();
        boolean plain = Occurrences.names().stream().noneMatch(jsonField::has)
                && LineNumbers.names().stream().noneMatch(jsonField::has);
        return empty && plain ? jsonField.child(news.getFirst()).text() : Optional.empty();
    }

    /** The fields that {@link #read()} took. */
    Set<String> fieldsRead() {
        return read;
    }

    private static Hunk lines(LineNumbers.Range range, String old, String fresh) {
        int count = LineHunk.linesOf(old).size();
        int last = range.last().orElse(range.first() + Math.max(1, count) - 1);
        return new Placement(new Placement.Lines(range.first(), last, Optional.of(old)), fresh);
    }

    private Optional<Names> names() {
        List<String> olds = present(BEFORE, "original");
        List<String> news = present(AFTER, "updated", "modified");
        Optional<Names> couple =
                COUPLES.stream().filter(names -> names.areIn(jsonField)).findFirst();
        if (couple.isPresent()
                && !BEFORE.stream().anyMatch(jsonField::has)
                && !AFTER.stream().anyMatch(jsonField::has)) {
            return couple;
        }
        if (olds.size() == 1 && news.size() == 1) {
            return Optional.of(new Names(olds.getFirst(), news.getFirst()));
        }
        if (olds.size() > 1 || news.size() > 1) {
            planBuilder.reject(
                    jsonField,
                    "names a text twice: " + quoted(olds.size() > 1 ? olds : news) + "; send one `old` and one"
                            + " `new`");
        } else if (olds.isEmpty() && news.isEmpty()) {
            planBuilder.reject(jsonField, "names no old and new text; send {\"old\": …, \"new\": …}");
        } else {
            planBuilder.reject(jsonField.child(missing(olds, news)), "is missing");
        }
        return Optional.empty();
    }

    private List<String> present(List<String> names, String... others) {
        List<String> usual = names.stream().filter(jsonField::has).toList();
        return usual.isEmpty() ? Stream.of(others).filter(jsonField::has).toList() : usual;
    }

    /** The name that goes with the one that is there. */
    private static String missing(List<String> olds, List<String> news) {
        if (news.isEmpty()) {
            return olds.getFirst().equals(PATTERN)
                    ? "replacement"
                    : olds.getFirst().replaceFirst("^old", "new").replaceFirst("^(?:search|find|original)$", "replace");
        }
        return news.getFirst().equals("replacement")
                ? PATTERN
                : news.getFirst().replaceFirst("^new", "old").replaceFirst("^(?:replace|updated|modified)$", "search");
    }

    private static String quoted(List<String> names) {
        return "`" + String.join("` and `", names) + "`";
    }

    private Optional<String> text(String key) {
        JsonField at = jsonField.child(key);
        if (at.text().isEmpty()) {
            planBuilder.reject(at, at.isPresent() ? "must be a string" : "is missing");
        }
        return at.text();
    }
}
