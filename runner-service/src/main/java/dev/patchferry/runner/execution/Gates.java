package dev.patchferry.runner.execution;

import dev.patchferry.engine.policy.Policies;
import dev.patchferry.engine.policy.Policy;
import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.PatchOffer.Sender;

/** The policies of all workspaces, and what people let through in spite of them. */
public record Gates(Policies policies, ApprovalLog approvals) {
    Gate of(Task task) {
        JournaledPatch journaledPatch = task.entry();
        Policy policy = policies.of(journaledPatch.workspace());
        boolean released = !policy.isEmpty() && approvals.isApprovedToRun(journaledPatch);
        return Gate.of(
                policy,
                new Sender(journaledPatch.principal(), journaledPatch.roles()),
                task.document(),
                task.plan(),
                released);
    }
}
