package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The outbox in SQLite. */
final class SqliteOutbox implements Outbox {
    private static final String RESTORED =
            "webhook_restored: the webhook's state was restored from a copy; the patch may"
                    + " have run after that copy was made and is not sent now. Look at the workspace before you send it under a new"
                    + " id";

    private final SqliteDatabase database;
    private final Clock clock;
    private final StoreEvents storeEvents;

    SqliteOutbox(SqliteDatabase database, Clock clock, StoreEvents storeEvents) {
        this.database = database;
        this.clock = clock;
        this.storeEvents = storeEvents;
    }

    @Override
    public List<WorkspaceName> lanes() {
        return database.read(OutboxTable::lanes);
    }

    @Override
    public Optional<OutboxEntry> head(WorkspaceName lane) {
        return database.read(handle -> OutboxTable.head(handle, lane));
    }

    @Override
    public boolean sending(OutboxEntry outboxEntry) {
        return outboxEntry.sentBefore()
                || database.write(handle -> {
                    boolean here = OutboxTable.isUnsent(handle, outboxEntry.id());
                    if (here) {
                        PatchTable.markSent(handle, outboxEntry.id(), clock.instant());
                    }
                    return here;
                });
    }

    @Override
    public void settle(OutboxEntry outboxEntry, DeliveryAttempt attempt, DeliveryDecision deliveryDecision) {
        Optional<StoredPatch> changed = database.write(handle -> {
            AttemptTable.append(handle, outboxEntry.id(), attempt);
            return settle(handle, outboxEntry, deliveryDecision);
        });
        changed.ifPresent(patch -> storeEvents.publish(new StoreEvent.Changed(patch)));
    }

    private Optional<StoredPatch> settle(Handle handle, OutboxEntry outboxEntry, DeliveryDecision deliveryDecision) {
        StoredPatch patch = PatchTable.require(handle, outboxEntry.id());
        return switch (deliveryDecision) {
            case DeliveryDecision.Forwarded(var known) ->
                RunnerStateMerger.apply(handle, patch, known, clock.instant());
            case DeliveryDecision.Refused(String reason) ->
                end(handle, patch, PatchStatus.REJECTED, reason, refusal(reason));
            case DeliveryDecision.GivenUp(String reason) ->
                end(handle, patch, PatchStatus.UNDELIVERABLE, reason, Optional.empty());
            case DeliveryDecision.Later(Instant due, boolean mayHaveArrived) -> {
                OutboxTable.postpone(handle, outboxEntry.id(), due);
                if (!mayHaveArrived && !outboxEntry.sentBefore()) {
                    PatchTable.markUnsent(handle, outboxEntry.id());
                }
                yield Optional.empty();
            }
        };
    }

    /** What the runner reported in the meantime outweighs what this attempt made of it. */
    private Optional<StoredPatch> end(
            Handle handle, StoredPatch patch, PatchStatus status, String reason, Optional<Receipt> receipt) {
        OutboxTable.remove(handle, patch.id());
        StatusChange change = new StatusChange(status, clock.instant(), reason);
        return Transitions.step(handle, patch, change, patch.attempt(), receipt);
    }

    private Optional<Receipt> refusal(String reason) {
        return Optional.of(
                Receipt.nothingRan(PatchStatus.REJECTED, reason, Optional.empty(), Optional.empty(), clock.instant()));
    }

    @Override
    public int interruptAll() {
        return database.write(handle -> {
            List<StoredPatch> waiting = OutboxTable.patches(handle).stream()
                    .map(id -> PatchTable.require(handle, id))
                    .toList();
            Optional<Receipt> receipt = Optional.of(Receipt.outcomeUnknown(RESTORED, clock.instant()));
            waiting.forEach(patch -> end(handle, patch, PatchStatus.INTERRUPTED, RESTORED, receipt));
            return waiting.size();
        });
    }

    @Override
    public List<DeliveryAttempt> attempts(PatchId id) {
        return database.read(handle -> AttemptTable.of(handle, id));
    }

    @Override
    public Optional<Instant> nextAttemptAt(PatchId id) {
        return database.read(handle -> OutboxTable.nextAttemptAt(handle, id));
    }

    @Override
    public int depth() {
        return database.read(OutboxTable::depth);
    }
}
