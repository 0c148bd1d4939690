package dev.patchferry.runner.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.runner.plan.Hunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the changes of one file: the pair of texts right in an object, the pairs in its list, or both. */
final class ChangeList {
    private static final List<String> LISTS = FieldForm.MUTATION.spellings("changes");

    private static final List<String> VERBS = FieldForm.CHANGE.spellings("op");

    private final Place place;
    private final Draft draft;
    private final Set<String> read = new HashSet<>(LISTS);

    ChangeList(Place place, Draft draft) {
        this.place = place;
        this.draft = draft;
    }

    static boolean isIn(Place place) {
        return place.firstOf(LISTS).isPresent();
    }

    List<Hunk> read() {
        List<Hunk> hunks = new ArrayList<>();
        if (TextChange.isIn(place)) {
            TextChange own = new TextChange(place, draft);
            own.read().ifPresent(hunks::add);
            read.addAll(own.fieldsRead());
        }
        List<Place> lists =
                LISTS.stream().map(place::child).filter(Place::isPresent).toList();
        if (lists.size() > 1) {
            draft.reject(
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
    List<Hunk> elements(Place list) {
        List<Place> changes = list.value().isObject() ? List.of(list) : list.elements();
        if (changes.isEmpty()) {
            draft.reject(list, "must be a list of {\"old\": …, \"new\": …}");
        }
        return changes.stream().flatMap(change -> hunk(change).stream()).toList();
    }

    /** A change may be called one, as in {@code "type": "replace"}. Returns the fields that do so. */
    List<String> requireReplacing(Place change) {
        Optional<Verb> verb = Verb.read(change, VERBS, draft);
        if (verb.isPresent() && verb.get() != Verb.WRITE) {
            draft.reject(
                    change.firstOf(VERBS),
                    "says other than the old and the new text, which replace; leave it out, or"
                            + " send an entry of `mutations`");
        }
        return VERBS;
    }

    private Optional<Hunk> hunk(Place change) {
        if (!change.value().isObject()) {
            draft.reject(change, "is no exact change; send {\"old\": …, \"new\": …}");
            return Optional.empty();
        }
        TextChange pair = new TextChange(change, draft);
        Optional<Hunk> hunk = pair.read();
        Set<String> known = new HashSet<>(pair.fieldsRead());
        known.add("description");
        known.addAll(requireReplacing(change));
        new Unread(FieldForm.CHANGE, draft).check(change, known, "does not go together with what else the change says");
        return hunk;
    }
}
