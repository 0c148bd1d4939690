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
    private final Signals signals;

    SqliteOutbox(SqliteDatabase database, Clock clock, Signals signals) {
        this.database = database;
        this.clock = clock;
        this.signals = signals;
    }

    @Override
    public List<WorkspaceName> lanes() {
        return database.read(OutboxTable::lanes);
    }

    @Override
    public Optional<Parcel> head(WorkspaceName lane) {
        return database.read(handle -> OutboxTable.head(handle, lane));
    }

    @Override
    public boolean sending(Parcel parcel) {
        return parcel.sentBefore()
                || database.write(handle -> {
                    boolean here = OutboxTable.isUnsent(handle, parcel.id());
                    if (here) {
                        PatchTable.markSent(handle, parcel.id(), clock.instant());
                    }
                    return here;
                });
    }

    @Override
    public void settle(Parcel parcel, DeliveryAttempt attempt, Settlement settlement) {
        Optional<StoredPatch> changed = database.write(handle -> {
            AttemptTable.append(handle, parcel.id(), attempt);
            return settle(handle, parcel, settlement);
        });
        changed.ifPresent(patch -> signals.publish(new Signal.Changed(patch)));
    }

    private Optional<StoredPatch> settle(Handle handle, Parcel parcel, Settlement settlement) {
        StoredPatch patch = PatchTable.require(handle, parcel.id());
        return switch (settlement) {
            case Settlement.Forwarded(var known) -> Reports.apply(handle, patch, known, clock.instant());
            case Settlement.Refused(String reason) -> end(handle, patch, PatchStatus.REJECTED, reason, refusal(reason));
            case Settlement.GivenUp(String reason) ->
                end(handle, patch, PatchStatus.UNDELIVERABLE, reason, Optional.empty());
            case Settlement.Later(Instant due, boolean mayHaveArrived) -> {
                OutboxTable.postpone(handle, parcel.id(), due);
                if (!mayHaveArrived && !parcel.sentBefore()) {
                    PatchTable.markUnsent(handle, parcel.id());
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
