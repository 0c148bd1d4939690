package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * The next state of a patch.
 *
 * @param attempt which execution it belongs to
 * @param decideBy until when somebody may decide about it, if somebody has to
 * @param turn behind which patch it waits in its queue, if not in the order of acceptance
 */
record NextState(PatchStatus status, String reason, int attempt, Optional<Instant> decideBy, Optional<Long> turn) {
    static NextState to(PatchStatus status, String reason, int attempt) {
        return new NextState(status, reason, attempt, Optional.empty(), Optional.empty());
    }

    NextState saying(String other) {
        return new NextState(status, other, attempt, decideBy, turn);
    }

    NextState decidedBy(Optional<Instant> time) {
        return new NextState(status, reason, attempt, time, turn);
    }

    NextState behind(long seq) {
        return new NextState(status, reason, attempt, decideBy, Optional.of(seq));
    }
}
