package dev.patchferry.system.crash;

import java.util.List;

/**
 * A kill at a named boundary, and how the patch that was under way there has to end.
 *
 * @param points where the service stops: at the last one, having been killed and started again at those before
 * @param way how the patch comes there
 * @param ends the states that it may come to: more than one where the lane may or may not have begun with it
 * @param settledApart whether settling it passes the boundary that is tried next, which so cannot be armed before
 */
record Boundary(List<String> points, Way way, List<String> ends, boolean settledApart) {
    /**
     * In an order in which settling one does not pass the next: the start that settles a kill is then the one that waits
     * for the next kill already.
     */
    static final List<Boundary> OF_WEBHOOK = List.of(
            of("webhook-settled", Way.SENT, "succeeded"),
            of("webhook-sending", Way.SENT, "succeeded"),
            of("webhook-stored", Way.NOT_ANSWERED, "succeeded"),
            of("webhook-storing", Way.NOT_STORED, "succeeded"),
            of("webhook-cancelled", Way.CANCELLED_UNSENT, "cancelled"),
            of("webhook-event-read", Way.SENT, "succeeded").apart(),
            of("webhook-event-written", Way.SENT, "succeeded").apart(),
            of("webhook-event-applied", Way.SENT, "succeeded").apart(),
            of("webhook-answered", Way.SENT, "succeeded"),
            of("webhook-loss-settled", Way.FORGOTTEN, "interrupted"));

    static final List<Boundary> OF_RUNNER = List.of(
            of("runner-started", Way.SENT, "interrupted"),
            after("runner-started", "runner-recovering", Way.SENT, "interrupted"),
            after("runner-started", "runner-recovered", Way.SENT, "interrupted"),
            after("runner-started", "runner-recovery-finished", Way.SENT, "interrupted"),
            after("runner-change-applied", "runner-change-taken-back", Way.IN_CONFLICT, "failed"),
            of("runner-committing", Way.SENT, "succeeded"),
            of("runner-begun", Way.SENT, "interrupted"),
            of("runner-change-applied", Way.SENT, "succeeded"),
            of("runner-step-done", Way.SENT, "interrupted"),
            of("runner-changes-applied", Way.SENT, "succeeded"),
            of("runner-steps-done", Way.SENT, "interrupted"),
            of("runner-synced", Way.SENT, "succeeded"),
            of("runner-prepared", Way.SENT, "interrupted"),
            of("runner-finished", Way.SENT, "succeeded"),
            of("runner-dropped", Way.SENT, "succeeded"),
            of("runner-document-read", Way.SENT, "succeeded"),
            of("runner-cancelled", Way.CANCELLED_WAITING, "cancelled"),
            of("runner-journalling", Way.SENT, "succeeded"),
            of("runner-tombstone", Way.CANCELLED_BEFOREHAND, "cancelled"),
            of("runner-journalled", Way.SENT, "succeeded").orInterrupted(),
            of("runner-shown", Way.SENT, "succeeded").orInterrupted().apart(),
            of("runner-view-written", Way.SENT, "succeeded"),
            of("runner-undo-started", Way.UNDONE, "undone").apart(),
            of("runner-undo-prepared", Way.UNDONE, "undone").apart(),
            of("runner-undo-committing", Way.UNDONE, "undone").apart(),
            of("runner-undo-finished", Way.UNDONE, "undone"),
            of("runner-proposal-kept", Way.PROPOSED, "interrupted"),
            of("runner-decided", Way.APPROVED, "succeeded").apart(),
            of("runner-approval-started", Way.APPROVED, "succeeded").apart(),
            of("runner-approval-prepared", Way.APPROVED, "succeeded").apart(),
            of("runner-approval-committing", Way.APPROVED, "succeeded").apart(),
            of("runner-approval-finished", Way.APPROVED, "succeeded"));

    /** How a patch comes to a boundary. */
    enum Way {
        /** Its sender was told 202; or, where the webhook is quick to die, nothing, and it is stored all the same. */
        SENT,
        /** The service died before it answered; the patch is stored. */
        NOT_ANSWERED,
        /** The service died before it answered, and nothing is stored: the sender has to send it again. */
        NOT_STORED,
        /** The owner changes a file that the patch changes, while its commit is cut short. */
        IN_CONFLICT,
        /** Its sender cancels it while the runner is down. */
        CANCELLED_UNSENT,
        /** Its sender cancels it while it waits for another. */
        CANCELLED_WAITING,
        /** The webhook cancels it before it has come to the runner. */
        CANCELLED_BEFOREHAND,
        /** The runner loses its journal while the patch runs. */
        FORGOTTEN,
        /** Its sender takes it back after it succeeded, and asks again after the kill. */
        UNDONE,
        /** Its sender wants somebody to look at it first. */
        PROPOSED,
        /** An operator approves what was proposed, and does so again after the kill. */
        APPROVED;

        /** Whether the runner need not know of it in the end. */
        boolean mayBeUnknownToRunner() {
            return this == CANCELLED_UNSENT || this == FORGOTTEN;
        }
    }

    private static Boundary of(String point, Way way, String end) {
        return new Boundary(List.of(point), way, List.of(end), false);
    }

    private static Boundary after(String before, String point, Way way, String end) {
        return new Boundary(List.of(before, point), way, List.of(end), false);
    }

    private Boundary apart() {
        return new Boundary(points, way, ends, true);
    }

    private Boundary orInterrupted() {
        return new Boundary(points, way, List.of(ends.getFirst(), "interrupted"), settledApart);
    }

    /** The boundary itself. */
    String point() {
        return points.getLast();
    }

    @Override
    public String toString() {
        return point() + ": " + String.join(" or ", ends);
    }
}
