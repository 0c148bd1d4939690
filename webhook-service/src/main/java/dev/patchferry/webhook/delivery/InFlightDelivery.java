package dev.patchferry.webhook.delivery;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.webhook.store.Outbox;
import dev.patchferry.webhook.store.OutboxEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One patch on its way, over all quick retries of an attempt. Used by one thread. */
final class InFlightDelivery {
    private final OutboxEntry outboxEntry;
    private final Outbox outbox;
    private final Optional<EventCursor> journal;
    private boolean left;
    private boolean mayHaveArrived;
    private Optional<RunnerFailure> lastFailure = Optional.empty();

    /**
     * @param journal a place in the journal that may know the patch; the runner must know that place
     */
    InFlightDelivery(OutboxEntry outboxEntry, Outbox outbox, Optional<EventCursor> journal) {
        this.outboxEntry = outboxEntry;
        this.outbox = outbox;
        this.journal = journal;
    }

    /** That place, as it is sent; null if no journal is known. */
    @Nullable
    String journal() {
        return journal.map(EventCursor::toString).orElse(null);
    }

    OutboxEntry entry() {
        return outboxEntry;
    }

    /**
     * Right before a request: the store knows of it before the network does.
     *
     * @return whether the request may leave; not if the patch was cancelled meanwhile
     */
    boolean mayLeave() {
        left = left || outbox.sending(outboxEntry);
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
