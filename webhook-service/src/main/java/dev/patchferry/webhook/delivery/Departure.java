package dev.patchferry.webhook.delivery;

import dev.patchferry.webhook.store.Outbox;
import dev.patchferry.webhook.store.Parcel;

/** One parcel on its way, over all quick retries of an attempt. Used by one thread. */
final class Departure {
    private final Parcel parcel;
    private final Outbox outbox;
    private boolean left;
    private boolean mayHaveArrived;

    Departure(Parcel parcel, Outbox outbox) {
        this.parcel = parcel;
        this.outbox = outbox;
    }

    Parcel parcel() {
        return parcel;
    }

    /** Right before a request: the store knows of it before the network does. */
    void leaving() {
        if (!left) {
            outbox.sending(parcel);
            left = true;
        }
    }

    /** A request was made whose end nobody saw. */
    void lostFromSight() {
        mayHaveArrived = true;
    }

    boolean hasLeft() {
        return left;
    }

    boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
