package dev.patchferry.runner.undo;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import dev.patchferry.runner.journal.UndoAcceptance;
import dev.patchferry.runner.journal.UndoLog;
import dev.patchferry.runner.journal.UndoRequest;
import java.time.Duration;
import java.util.Optional;

/** Takes patches back, and brings them back, as somebody asks: in the order of the workspace's queue. */
public final class Undos {
    private final Journal journal;
    private final UndoLog undos;
    private final ChangeCounter changed;

    public Undos(Journal journal, UndoLog undos, ChangeCounter changed) {
        this.journal = journal;
        this.undos = undos;
        this.changed = changed;
    }

    /** What came of asking. */
    public sealed interface Answer {
        /** The patch is in the state that was asked for, by this request or before it. */
        record Done(JournaledPatch entry) implements Answer {}

        /** It waits for what runs before it; asking again tells what came of it. */
        record Waiting(JournaledPatch entry) implements Answer {}

        /** It cannot be done; nothing was changed. */
        record Refused(JournaledPatch entry, String reason) implements Answer {}

        /** The patch never took effect. */
        record WrongState(JournaledPatch entry) implements Answer {}

        /** A request for the opposite waits for its turn; nothing was queued. */
        record Opposed(JournaledPatch entry) implements Answer {}

        /** Something happened to the patch since the event that the request is about; nothing was queued. */
        record Stale(JournaledPatch entry) implements Answer {}
    }

    /**
     * Asks, and waits a while for what comes of it.
     *
     * @param target {@code undone}, or {@code succeeded} once more
     * @param sender who asks
     * @param about the newest event about the patch that the sender knows; if it is empty, whichever there is
     */
    public Answer ask(
            JournaledPatch journaledPatch,
            PatchStatus target,
            Sender sender,
            Optional<EventCursor> about,
            Duration patience) {
        return switch (undos.ask(journaledPatch, target, sender, about)) {
            case UndoAcceptance.Open(UndoRequest request) -> outcome(journaledPatch, await(request, patience));
            case UndoAcceptance.Done(JournaledPatch now) -> new Answer.Done(now);
            case UndoAcceptance.WrongState(JournaledPatch now) -> new Answer.WrongState(now);
            case UndoAcceptance.Opposed(JournaledPatch now) -> new Answer.Opposed(now);
            case UndoAcceptance.Stale(JournaledPatch now) -> new Answer.Stale(now);
        };
    }

    private Answer outcome(JournaledPatch journaledPatch, UndoRequest request) {
        JournaledPatch now = journal.find(journaledPatch.id()).orElseThrow();
        return switch (request.state()) {
            case WAITING, RUNNING -> new Answer.Waiting(now);
            case DONE -> new Answer.Done(now);
            case REFUSED -> new Answer.Refused(now, request.reason());
        };
    }

    private UndoRequest await(UndoRequest asked, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        UndoRequest now = asked;
        try {
            while (true) {
                long seen = changed.count();
                now = undos.refresh(now);
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (!now.isOpen() || !left.isPositive()) {
                    return now;
                }
                changed.awaitAfter(seen, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return now;
        }
    }
}
