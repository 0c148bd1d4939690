package dev.patchferry.runner.approval;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.execution.UnappliedPatches;
import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.JournaledPatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * Ends patches about which nobody decided in time. Waits until the earliest deadline, which the journal knows, also after
 * a restart; without one, for a patch that begins to wait.
 */
public final class ApprovalExpiry implements Runnable, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ApprovalExpiry.class);
    private static final int BATCH = 50;
    /** The wall clock, by which deadlines are, may jump or stand still; the wait goes by another one. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);

    private final ApprovalLog log;
    private final UnappliedPatches unappliedPatches;
    private final ChangeCounter begun;
    private final Clock clock;
    private volatile boolean closed;

    /**
     * @param begun raised whenever a patch begins to wait for a decision
     */
    public ApprovalExpiry(ApprovalLog log, UnappliedPatches unappliedPatches, ChangeCounter begun, Clock clock) {
        this.log = log;
        this.unappliedPatches = unappliedPatches;
        this.begun = begun;
        this.clock = clock;
    }

    /** Until it is closed. */
    @Override
    public void run() {
        try {
            while (!closed) {
                long seen = begun.count();
                begun.awaitAfter(seen, round());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        begun.raise();
    }

    /** How long to wait for the next one; a journal that fails now may work then. */
    private Duration round() {
        try {
            return endOverdue() == BATCH ? Duration.ZERO : untilNext();
        } catch (JdbiException e) {
            LOG.errorf(e, "approvals cannot be looked at now");
            return AFTER_TROUBLE;
        }
    }

    private Duration untilNext() {
        Instant now = clock.instant();
        Duration left = log.nextDeadline()
                .map(deadline -> Duration.between(now, deadline))
                .orElse(LONGEST_WAIT);
        return left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
    }

    /** How many were looked at. */
    public int endOverdue() {
        List<JournaledPatch> overdue = log.overdue(BATCH);
        for (JournaledPatch journaledPatch : overdue) {
            Receipt receipt = unappliedPatches.end(
                    journaledPatch,
                    PatchStatus.REJECTED,
                    "approval_expired: nobody approved it in time. Send it again under a new id");
            Optional<JournaledPatch> expired = log.expire(journaledPatch, receipt);
            expired.ifPresent(now -> unappliedPatches.ended(new Ended(now, receipt)));
        }
        return overdue.size();
    }
}
