package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.engine.plan.Hunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the changes of one file: the pair of texts right in an object, the pairs in its list, or both. */
final class ChangeList {
    private static final List<String> LISTS = FieldForm.MUTATION.spellings("changes");

    private static final List<String> VERBS = FieldForm.CHANGE.spellings("op");

    private final JsonField jsonField;
    private final PlanBuilder planBuilder;
    private final Set<String> read = new HashSet<>(LISTS);

    ChangeList(JsonField jsonField, PlanBuilder planBuilder) {
        this.jsonField = jsonField;
        this.planBuilder = planBuilder;
    }

    static boolean isIn(JsonField jsonField) {
        return jsonField.firstOf(LISTS).isPresent();
    }

    List<Hunk> read() {
        List<Hunk> hunks = new ArrayList<>();
        if (TextChange.isIn(jsonField)) {
            TextChange own = new TextChange(jsonField, planBuilder);
            own.read().ifPresent(hunks::add);
            read.addAll(own.fieldsRead());
        }
        List<JsonField> lists = LISTS.stream()
                .map(jsonField::child)
                .filter(JsonField::isPresent)
                .toList();
        if (lists.size() > 1) {
            planBuilder.reject(
                    lists.getLast(), "says the same as `" + lists.getFirst().key() + "`; send one list");
        }
        lists.stream().findFirst().ifPresent(list -> hunks.addAll(elements(list)));
        return hunks;
    }

    /** The fields that {@link #read()} took. */
    Set<String> fieldsRead() {
        return read;
    }

    /** The changes in a list. */
    List<Hunk> elements(JsonField list) {
        List<JsonField> changes = list.value().isObject() ? List.of(list) : list.elements();
        if (changes.isEmpty()) {
            planBuilder.reject(list, "must be a list of {\"old\": …, \"new\": …}");
        }
        return changes.stream().flatMap(change -> hunk(change).stream()).toList();
    }

    /** A change may be called one, as in {@code "type": "replace"}. Returns the fields that do so. */
    List<String> requireReplacing(JsonField change) {
        Optional<Verb> verb = Verb.read(change, VERBS, planBuilder);
        if (verb.isPresent() && verb.get() != Verb.WRITE) {
            planBuilder.reject(
                    change.firstOf(VERBS),
                    "says other than the old and the new text, which replace; leave it out, or"
                            + " send an entry of `mutations`");
        }
        return VERBS;
    }

    private Optional<Hunk> hunk(JsonField change) {
        if (!change.value().isObject()) {
            planBuilder.reject(change, "is no exact change; send {\"old\": …, \"new\": …}");
            return Optional.empty();
        }
        TextChange pair = new TextChange(change, planBuilder);
        Optional<Hunk> hunk = pair.read();
        Set<String> known = new HashSet<>(pair.fieldsRead());
        known.add("description");
        known.addAll(requireReplacing(change));
        new Unread(FieldForm.CHANGE, planBuilder)
                .check(change, known, "does not go together with what else the change says");
        return hunk;
    }
}
