package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import java.time.Instant;

/** Something that is in the activity log for ever. */
public sealed interface ActivityEvent {
    /** Its number: in the order of acceptance, or of everything else. */
    long number();

    Instant at();

    /** Whether it is a patch's first state. */
    boolean isAcceptance();

    /**
     * A patch came to a state.
     *
     * @param seq the patch's place in the order of acceptance
     * @param principal who sent the patch
     * @param from where the patch was sent from; said of its acceptance alone
     */
    record Changed(
            long number,
            boolean isAcceptance,
            long seq,
            PatchId id,
            String principal,
            WorkspaceName workspace,
            ContentHash hash,
            StatusChange change,
            RequestOrigin from)
            implements ActivityEvent {
        @Override
        public Instant at() {
            return change.at();
        }
    }

    /** Something that is no change of a patch. */
    record Noted(long number, AuditEntry note) implements ActivityEvent {
        @Override
        public Instant at() {
            return note.at();
        }

        @Override
        public boolean isAcceptance() {
            return false;
        }
    }
}
