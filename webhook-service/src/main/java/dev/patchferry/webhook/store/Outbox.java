package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.WorkspaceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The queue of patches that the runner has yet to take: one lane per workspace, each in the order of acceptance. */
public interface Outbox {
    /** The workspaces with at least one patch to deliver. */
    List<WorkspaceName> lanes();

    /** The next patch of a lane, whether due or not. */
    Optional<OutboxEntry> head(WorkspaceName lane);

    /**
     * Notes that a request may leave from now on. Durable before the request is made.
     *
     * @return whether it may; not if the patch was withdrawn since it was read
     */
    boolean sending(OutboxEntry outboxEntry);

    /** Notes how an attempt went and what follows from it, in one transaction. */
    void settle(OutboxEntry outboxEntry, DeliveryAttempt attempt, DeliveryDecision deliveryDecision);

    /**
     * Ends everything that waits here as {@code interrupted}, since this store was restored from a copy: it may have been
     * delivered, and have run, after that copy was made. A runner that knows better is believed all the same.
     *
     * @return how many that were
     */
    int interruptAll();

    /** The attempts so far, oldest first. */
    List<DeliveryAttempt> attempts(PatchId id);

    /** When the next attempt is planned; empty for a patch that is not in the outbox. */
    Optional<Instant> nextAttemptAt(PatchId id);

    /** How many patches wait here. */
    int depth();
}
