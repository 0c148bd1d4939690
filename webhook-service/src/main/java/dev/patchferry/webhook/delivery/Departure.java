package dev.patchferry.webhook.delivery;

import dev.patchferry.webhook.store.Outbox;
import dev.patchferry.webhook.store.Parcel;
import java.util.Optional;

/** One parcel on its way, over all quick retries of an attempt. Used by one thread. */
final class Departure {
    private final Parcel parcel;
    private final Outbox outbox;
    private boolean left;
    private boolean mayHaveArrived;
    private Optional<RunnerFailure> lastFailure = Optional.empty();

    Departure(Parcel parcel, Outbox outbox) {
        this.parcel = parcel;
        this.outbox = outbox;
    }

    Parcel parcel() {
        return parcel;
    }

    /**
     * Right before a request: the store knows of it before the network does.
     *
     * @return whether the request may leave; not if the patch was cancelled meanwhile
     */
    boolean mayLeave() {
        left = left || outbox.sending(parcel);
        return left;
    }

    /**
     * A request ended badly.
     *
     * @param unseen whether it may have reached the runner all the same
     */
    RunnerFailure failed(RunnerFailure failure, boolean unseen) {
        mayHaveArrived |= unseen;
        lastFailure = Optional.of(failure);
        return failure;
    }

    /** How the last request ended; empty if none ended badly. */
    Optional<RunnerFailure> lastFailure() {
        return lastFailure;
    }

    boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
