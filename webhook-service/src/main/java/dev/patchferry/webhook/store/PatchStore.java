package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.StatusChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps every patch that was ever accepted. Callers may come from any thread; whatever returns normally is durable.
 *
 * <p>Every method, here and in {@link Outbox}, {@link RunnerEventStore} and {@link ActivityLog}, throws {@link org.jdbi.v3.core.JdbiException} when
 * the database cannot be used; then nothing of what it was to do has happened.
 */
public interface PatchStore extends AutoCloseable {
    /** Stores a patch and its place in the outbox, or says why not. However often it is sent at once, it is one patch. */
    Acceptance accept(NewPatch patch);

    /**
     * The same for a patch whose sender gave it no id: if one with this content of this principal has not ended, it is that
     * one, a {@link Acceptance.Duplicate} under its own id.
     */
    Acceptance acceptUnlessUnderWay(NewPatch patch);

    Optional<StoredPatch> find(PatchId id);

    List<StoredPatch> list(PatchQuery query);

    /** Every state the patch came to, oldest first. */
    List<StatusChange> history(PatchId id);

    /**
     * Puts an undeliverable patch back into the outbox.
     *
     * @return whether it was undeliverable with its document still here, and so is accepted again
     */
    boolean redeliver(PatchId id);

    /**
     * Ends a patch as {@code cancelled} if no request ever brought it to the runner; what may have left is the runner's to
     * end.
     *
     * @param reason for its receipt
     * @return whether it was still here, and so is cancelled now
     */
    boolean cancelUnsent(PatchId id, String reason);

    /**
     * Drops the document, the receipt and the delivery attempts of patches that ended long ago. That they were sent, with what
     * content and what became of them, is kept.
     *
     * @param endedBefore those that came to their end before this time
     * @param most how many at most, for nobody else can write meanwhile
     * @return how many
     */
    int dropResults(Instant endedBefore, int most);

    /**
     * Forgets the signed messages that were received long ago: their ids may be used for other bodies then. Their patches
     * are kept.
     *
     * @param receivedBefore those that came before this time
     * @param most how many at most, for nobody else can write meanwhile
     * @return how many
     */
    int forgetMessages(Instant receivedBefore, int most);

    /** What has yet to reach the runner. */
    Outbox outbox();

    /** What the runner reports. */
    RunnerEventStore runnerEvents();

    /** Everything that happened, in order. */
    ActivityLog activityLog();

    /** Why nothing new would be accepted for want of room; empty if there is enough. */
    Optional<String> shortage();

    /** Commits a write that means nothing. Returns normally if patches could be accepted now. */
    void checkWritable();

    @Override
    void close();
}
