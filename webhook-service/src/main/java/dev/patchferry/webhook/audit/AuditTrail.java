package dev.patchferry.webhook.audit;

import dev.patchferry.contract.PatchId;
import dev.patchferry.webhook.store.Chronicle;
import dev.patchferry.webhook.store.Chronicle.Placed;
import dev.patchferry.webhook.store.Chronicle.Stretch;
import dev.patchferry.webhook.store.Happening;
import dev.patchferry.webhook.store.Place;
import java.util.ArrayList;
import java.util.List;

/** Reads the chronicle for somebody who wants some of it. Holds one stretch at a time. */
record AuditTrail(Chronicle chronicle, AuditFilter filter) {
    private static final int STRETCH = 500;
    /** Of a page that finds little, so that no request takes long. */
    private static final int MOST_LOOKED_AT = 20_000;

    /**
     * Some records.
     *
     * @param next where to go on
     * @param more whether there may be more already
     */
    record Page(List<AuditRecord> records, String next, boolean more) {}

    /** What is done with each record; whether to go on. */
    interface Reader<E extends Exception> {
        boolean read(AuditRecord wanted) throws E;
    }

    Page page() {
        List<AuditRecord> records = new ArrayList<>();
        End end = read(MOST_LOOKED_AT, wanted -> records.add(wanted.inShort()) && records.size() < filter.page());
        return new Page(records, end.place().toString(), end.more());
    }

    /** Where reading ended. */
    record End(Place place, boolean more) {}

    /** Hands on what is wanted, from where the filter says, until the reader has enough. */
    <E extends Exception> End read(long mostLookedAt, Reader<E> reader) throws E {
        Place place = filter.place().orElseGet(() -> filter.newestFirst() ? chronicle.end() : Place.START);
        for (long left = mostLookedAt; left > 0; left -= STRETCH) {
            Stretch stretch = stretch(place);
            for (Placed placed : stretch.happenings()) {
                place = filter.newestFirst() ? placed.after().without(placed.happening()) : placed.after();
                AuditRecord shown = AuditRecord.of(placed);
                if (filter.wants(shown) && !reader.read(shown)) {
                    return new End(place, !placed.equals(stretch.happenings().getLast()) || stretch.more());
                }
            }
            if (!stretch.more()) {
                return new End(place, false);
            }
        }
        return new End(place, true);
    }

    private Stretch stretch(Place place) {
        if (filter.patch().isPresent()) {
            PatchId patch = filter.patch().get();
            return filter.newestFirst() ? aboutUntil(patch, place) : about(patch, place);
        }
        return filter.newestFirst() ? chronicle.before(place, STRETCH) : chronicle.after(place, STRETCH);
    }

    private Stretch aboutUntil(PatchId patch, Place last) {
        List<Placed> placed = about(patch, Place.START).happenings().stream()
                .filter(each -> each.after().accepted() <= last.accepted()
                        && each.after().number() <= last.number())
                .toList();
        return new Stretch(placed.reversed(), false);
    }

    private Stretch about(PatchId patch, Place after) {
        List<Placed> placed = new ArrayList<>();
        Place place = after;
        for (Happening happening : chronicle.about(patch)) {
            boolean behind = happening.isAcceptance()
                    ? happening.number() > after.accepted()
                    : happening.number() > after.number();
            if (behind) {
                place = happening.isAcceptance()
                        ? new Place(happening.number(), place.number())
                        : new Place(place.accepted(), happening.number());
                placed.add(new Placed(happening, place));
            }
        }
        return new Stretch(placed, false);
    }
}
