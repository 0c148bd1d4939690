package dev.patchferry.webhook.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.application.Hindrance;
import dev.patchferry.webhook.application.RunnerAbsence;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.BoundedReceipt;
import dev.patchferry.webhook.view.Links;
import dev.patchferry.webhook.view.NextStep;
import java.time.Instant;
import java.util.Optional;

/**
 * What a sender is told about the patch just sent.
 *
 * @param terminal whether {@code status} is an end
 * @param duplicate whether this id and content were stored before
 * @param reason why it is in this state, once it has ended, or if it waits for a person, for a runner that is away or for
 *     something that the owner of the machine has to do
 * @param runnerAwaySince while it waits for a runner that gives no answer: since when
 * @param next what to call next, and when
 */
record SubmissionResponse(
        PatchId id,
        PatchStatus status,
        boolean terminal,
        WorkspaceName workspace,
        boolean duplicate,
        Optional<String> reason,
        Optional<Receipt> receipt,
        @JsonProperty("runner_away_since") Optional<Instant> runnerAwaySince,
        Links links,
        String next) {
    static SubmissionResponse about(StoredPatch patch, boolean duplicate, Optional<RunnerAbsence> absence) {
        PatchStatus status = patch.status();
        return new SubmissionResponse(
                patch.id(),
                status,
                status.isTerminal(),
                patch.workspace(),
                duplicate,
                absence.map(away -> away.reason(patch))
                        .or(() -> Optional.of(patch.reason()).filter(_ -> status.endsAWait() || Hindrance.isOn(patch))),
                patch.receipt().map(BoundedReceipt::of),
                absence.map(RunnerAbsence::since),
                Links.of(patch.id()),
                NextStep.on(patch, absence));
    }
}
