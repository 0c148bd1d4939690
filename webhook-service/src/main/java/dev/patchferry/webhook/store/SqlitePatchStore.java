package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import dev.patchferry.foundation.sqlite.DatabaseSchema;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The store in one SQLite file. */
final class SqlitePatchStore implements PatchStore {
    private static final int LONGEST_ID = 128;
    private static final int SUGGESTIONS = 99;

    /** Every accepted patch and every change that was learnt of one raises the sum; both parts only grow. */
    private static final String PROGRESS =
            "SELECT (SELECT coalesce(max(seq), 0) FROM patch) + (%s)".formatted(ActivityTable.LAST_NUMBER);

    static final DatabaseSchema SCHEMA = new DatabaseSchema("classpath:db/webhook", 8, Optional.of(PROGRESS));

    private final SqliteDatabase database;
    private final DiskSpaceGuard floor;
    private final Clock clock;
    private final StoreEvents storeEvents;
    private final Outbox outbox;
    private final RunnerEventStore runnerEventStore;
    private final ActivityLog activityLog;

    private SqlitePatchStore(SqliteDatabase database, DiskSpaceGuard floor, Clock clock, StoreEvents storeEvents) {
        this.database = database;
        this.floor = floor;
        this.clock = clock;
        this.storeEvents = storeEvents;
        this.outbox = new SqliteOutbox(database, clock, storeEvents);
        this.runnerEventStore = new SqliteRunnerEventStore(database, clock, storeEvents);
        this.activityLog = new SqliteActivityLog(database);
    }

    /**
     * Opens the store, creating the file and bringing its schema up to date.
     *
     * @param largestBatch how many writes share a commit at most
     * @param lossAccepted whether a file that lost something since it was last used is taken all the same
     * @param floor below which nothing new is accepted
     * @throws RuntimeException if the file cannot be created, read or migrated, or is not the one that was there before
     */
    static SqlitePatchStore open(
            Path file,
            int largestBatch,
            boolean lossAccepted,
            DiskSpaceGuard floor,
            Clock clock,
            StoreEvents storeEvents) {
        return new SqlitePatchStore(
                SqliteDatabase.open(file, SCHEMA, largestBatch, lossAccepted), floor, clock, storeEvents);
    }

    /** One transaction: the patch and its place in the queue. Those that come at once share a commit inside {@code write}. */
    @Override
    public Acceptance accept(NewPatch patch) {
        Optional<String> shortage = floor.shortage();
        if (shortage.isPresent() && find(patch.id()).isEmpty()) {
            return new Acceptance.NoRoom(shortage.get());
        }
        return published(database.write(handle -> accept(handle, patch)), patch);
    }

    @Override
    public Acceptance acceptUnlessUnderWay(NewPatch patch) {
        Optional<String> shortage = floor.shortage();
        Acceptance acceptance = database.write(handle -> PatchTable.underWay(handle, patch)
                .<Acceptance>map(Acceptance.Duplicate::new)
                .orElseGet(
                        () -> shortage.<Acceptance>map(Acceptance.NoRoom::new).orElseGet(() -> accept(handle, patch))));
        return published(acceptance, patch);
    }

    private Acceptance published(Acceptance acceptance, NewPatch patch) {
        if (acceptance instanceof Acceptance.Stored) {
            CrashPoint.WEBHOOK_STORED.reached();
            storeEvents.publish(new StoreEvent.Enqueued(patch.workspace()));
        }
        return acceptance;
    }

    private Acceptance accept(Handle handle, NewPatch patch) {
        if (patch.message().isPresent()
                && MessageTable.isTaken(handle, patch.message().get())) {
            return new Acceptance.Reused(patch.message().get().id());
        }
        Instant now = clock.instant();
        Optional<StoredPatch> stored = PatchTable.insert(handle, patch, HistoryTable.accepted(now));
        if (stored.isPresent()) {
            DocumentTable.insert(handle, stored.get().seq(), patch.document());
            MessageTable.remember(handle, patch.message(), now);
            OutboxTable.enqueue(handle, stored.get(), now);
            CrashPoint.WEBHOOK_STORING.reached();
            return new Acceptance.Stored(stored.get());
        }
        StoredPatch existing = PatchTable.require(handle, patch.id());
        if (!PatchTable.isSame(handle, existing, patch)) {
            return new Acceptance.Conflict(existing, freeId(handle, patch.id(), now));
        }
        MessageTable.remember(handle, patch.message(), now);
        return new Acceptance.Duplicate(existing);
    }

    private static PatchId freeId(Handle handle, PatchId taken, Instant now) {
        for (int number = 2; number <= SUGGESTIONS; number++) {
            PatchId candidate = withSuffix(taken, "-" + number);
            if (!PatchTable.exists(handle, candidate)) {
                return candidate;
            }
        }
        return withSuffix(taken, "-" + now.toEpochMilli());
    }

    private static PatchId withSuffix(PatchId id, String suffix) {
        String stem = id.value();
        return new PatchId(stem.substring(0, Math.min(stem.length(), LONGEST_ID - suffix.length())) + suffix);
    }

    @Override
    public Optional<StoredPatch> find(PatchId id) {
        return database.read(handle -> PatchTable.find(handle, id));
    }

    @Override
    public List<StoredPatch> list(PatchQuery query) {
        return database.read(handle -> PatchTable.list(handle, query));
    }

    @Override
    public List<StatusChange> history(PatchId id) {
        return database.read(handle -> HistoryTable.of(handle, id));
    }

    @Override
    public boolean redeliver(PatchId id) {
        Optional<StoredPatch> again = database.write(handle -> redeliver(handle, id));
        again.ifPresent(patch -> {
            storeEvents.publish(new StoreEvent.Changed(patch));
            storeEvents.publish(new StoreEvent.Enqueued(patch.workspace()));
        });
        return again.isPresent();
    }

    private Optional<StoredPatch> redeliver(Handle handle, PatchId id) {
        Instant now = clock.instant();
        StatusChange to = new StatusChange(PatchStatus.ACCEPTED, now, "to be delivered again, as an operator asked");
        Optional<StoredPatch> again = PatchTable.find(handle, id)
                .filter(patch -> patch.status() == PatchStatus.UNDELIVERABLE
                        && patch.droppedAt().isEmpty())
                .flatMap(patch -> Transitions.step(handle, patch, to, patch.attempt(), Optional.empty()));
        again.ifPresent(patch -> OutboxTable.enqueue(handle, patch, now));
        return again;
    }

    @Override
    public boolean cancelUnsent(PatchId id, String reason) {
        Optional<StoredPatch> cancelled = database.write(handle -> cancelUnsent(handle, id, reason));
        cancelled.ifPresent(patch -> {
            CrashPoint.WEBHOOK_CANCELLED.reached();
            storeEvents.publish(new StoreEvent.Changed(patch));
        });
        return cancelled.isPresent();
    }

    private Optional<StoredPatch> cancelUnsent(Handle handle, PatchId id, String reason) {
        if (!OutboxTable.isUnsent(handle, id)) {
            return Optional.empty();
        }
        OutboxTable.remove(handle, id);
        Instant now = clock.instant();
        Receipt receipt = Receipt.nothingRan(PatchStatus.CANCELLED, reason, Optional.empty(), Optional.empty(), now);
        StoredPatch patch = PatchTable.require(handle, id);
        StatusChange to = new StatusChange(PatchStatus.CANCELLED, now, reason);
        return Transitions.step(handle, patch, to, patch.attempt(), Optional.of(receipt));
    }

    @Override
    public int dropResults(Instant endedBefore, int most) {
        List<String> ended = database.read(handle -> RetentionTable.ended(handle, endedBefore, most));
        if (ended.isEmpty()) {
            return 0;
        }
        return database.write(handle -> {
            // Asked again: one of them may have come to another state in the meantime.
            List<String> still = RetentionTable.ended(handle, endedBefore, most);
            still.forEach(id -> RetentionTable.drop(handle, id, clock.instant()));
            return still.size();
        });
    }

    @Override
    public int forgetMessages(Instant receivedBefore, int most) {
        return database.write(handle -> MessageTable.forget(handle, receivedBefore, most));
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public RunnerEventStore runnerEvents() {
        return runnerEventStore;
    }

    @Override
    public ActivityLog activityLog() {
        return activityLog;
    }

    @Override
    public Optional<String> shortage() {
        return floor.shortage();
    }

    @Override
    public void checkWritable() {
        database.checkWritable();
    }

    @Override
    public void close() {
        database.close();
    }
}
