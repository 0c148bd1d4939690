package dev.patchferry.runner.journal;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A patch in the journal.
 *
 * @param seq its number in the order of acceptance, never used again
 * @param id the sender's name for it
 * @param hash its content
 * @param workspace where it runs
 * @param principal who sent it
 * @param roles what the sender might do, as attested at the time of sending
 * @param attempt which execution this is, from 1
 * @param status where it is
 * @param reason why it is there
 * @param acceptedAt when it was journalled
 * @param decideBy while it is held or proposed and nobody has decided: until when somebody may
 */
public record JournaledPatch(
        long seq,
        PatchId id,
        ContentHash hash,
        WorkspaceName workspace,
        String principal,
        List<String> roles,
        int attempt,
        PatchStatus status,
        String reason,
        Instant acceptedAt,
        Optional<Instant> decideBy) {
    public JournaledPatch {
        roles = List.copyOf(roles);
    }
}
