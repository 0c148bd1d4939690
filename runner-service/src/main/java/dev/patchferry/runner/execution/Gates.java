package dev.patchferry.runner.execution;

import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.journal.Offer.Sender;
import dev.patchferry.runner.policy.Policies;
import dev.patchferry.runner.policy.Policy;

/** The policies of all workspaces, and what people let through in spite of them. */
public record Gates(Policies policies, ApprovalLog approvals) {
    Gate of(Task task) {
        Entry entry = task.entry();
        Policy policy = policies.of(entry.workspace());
        boolean released = !policy.isEmpty() && approvals.isApprovedToRun(entry);
        return Gate.of(policy, new Sender(entry.principal(), entry.roles()), task.document(), task.plan(), released);
    }
}
