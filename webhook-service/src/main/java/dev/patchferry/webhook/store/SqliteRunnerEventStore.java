package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Outcomes in SQLite. */
final class SqliteRunnerEventStore implements RunnerEventStore {
    private static final String LOST = "runner_state_lost: the runner no longer knows this patch. It may have taken"
            + " effect or not; it is never sent again. Look at the workspace before you send it under a new id";

    private final SqliteDatabase database;
    private final Clock clock;
    private final StoreEvents storeEvents;
    /** The stored one, once it has been read; every delivery asks for it. */
    private final AtomicReference<Optional<EventCursor>> cursor = new AtomicReference<>(Optional.empty());

    SqliteRunnerEventStore(SqliteDatabase database, Clock clock, StoreEvents storeEvents) {
        this.database = database;
        this.clock = clock;
        this.storeEvents = storeEvents;
    }

    @Override
    public EventCursor cursor() {
        return cursor.get().orElseGet(() -> {
            EventCursor stored = database.read(CursorTable::read);
            // What was written meanwhile is newer.
            cursor.compareAndSet(Optional.empty(), Optional.of(stored));
            return stored;
        });
    }

    @Override
    public List<Applied> apply(List<PatchEvent> events) {
        List<Report> reports = database.write(handle -> {
            List<Report> matched =
                    events.stream().map(event -> apply(handle, event)).toList();
            CursorTable.write(handle, events.getLast().cursor());
            CrashPoint.WEBHOOK_EVENT_WRITTEN.reached();
            return matched;
        });
        cursor.set(Optional.of(events.getLast().cursor()));
        CrashPoint.WEBHOOK_EVENT_APPLIED.reached();
        return reports.stream().map(this::publish).toList();
    }

    private Report apply(Handle handle, PatchEvent event) {
        return match(
                handle,
                event.patchId(),
                event.contentHash(),
                patch -> RunnerStateMerger.apply(handle, patch, event, clock.instant()));
    }

    @Override
    public Applied apply(RunnerPatch known) {
        return publish(database.write(handle -> match(
                handle,
                known.id(),
                known.contentHash(),
                patch -> RunnerStateMerger.apply(handle, patch, known, clock.instant()))));
    }

    @Override
    public List<PatchId> underway() {
        return database.read(PatchTable::underway);
    }

    @Override
    public void lost(PatchId id) {
        publish(database.write(handle -> {
            OutboxTable.remove(handle, id);
            Instant now = clock.instant();
            StatusChange change = new StatusChange(PatchStatus.INTERRUPTED, now, LOST);
            StoredPatch patch = PatchTable.require(handle, id);
            Optional<Receipt> receipt = Optional.of(Receipt.outcomeUnknown(LOST, now));
            return Report.of(Transitions.step(handle, patch, change, patch.attempt(), receipt));
        }));
    }

    @Override
    public void beginAt(EventCursor place) {
        database.write(handle -> {
            CursorTable.begin(handle, place);
            return place;
        });
        cursor.set(Optional.empty());
    }

    @Override
    public void resumeAt(EventCursor place) {
        database.write(handle -> {
            CursorTable.write(handle, place);
            return place;
        });
        cursor.set(Optional.of(place));
    }

    private static Report match(
            Handle handle, PatchId id, ContentHash hash, Function<StoredPatch, Optional<StoredPatch>> apply) {
        Optional<StoredPatch> patch = PatchTable.find(handle, id);
        if (patch.isEmpty()) {
            return new Report(Applied.UNKNOWN_PATCH, Optional.empty());
        }
        if (!patch.get().hash().equals(hash)) {
            return new Report(Applied.OTHER_CONTENT, Optional.empty());
        }
        return Report.of(apply.apply(patch.get()));
    }

    private Applied publish(Report report) {
        report.changed().ifPresent(patch -> storeEvents.publish(new StoreEvent.Changed(patch)));
        return report.applied();
    }

    private record Report(Applied applied, Optional<StoredPatch> changed) {
        static Report of(Optional<StoredPatch> changed) {
            return new Report(changed.isPresent() ? Applied.CHANGED : Applied.KNOWN, changed);
        }
    }
}
