package dev.patchferry.runner.execution;

import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.policy.Ruling;
import dev.patchferry.runner.workspace.Workspace;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what a document would do in a workspace, or why it is rejected. Pure; a plan is made anew whenever it is needed. */
public final class Planner {
    private final Clock clock;

    public Planner(Clock clock) {
        this.clock = clock;
    }

    /** A document's plan, or the receipt of its rejection. */
    public sealed interface Planning {
        record Planned(Plan plan) implements Planning {}

        record Rejected(Receipt receipt) implements Planning {}
    }

    public Planning plan(PatchDocument document, Workspace workspace) {
        FormatContext context = new FormatContext(workspace.root().toString(), workspace.defaultFormat());
        return switch (DocumentParser.parse(document.json(), context)) {
            case ParseResult.Planned(Plan plan) -> new Planning.Planned(plan);
            case ParseResult.Unsupported(List<String> reasons) -> rejected(reasons);
            case ParseResult.Malformed(String position, String reason) -> rejected(List.of(position + ": " + reason));
        };
    }

    /** The receipt of a patch that waited since an earlier version, and whose document breaks rules of this one. */
    public Receipt outdated(List<FieldFault> faults) {
        String reason = faults.stream()
                .map(fault -> fault.pointer() + ": " + fault.detail())
                .collect(Collectors.joining("; "));
        return ReceiptDraft.nothingRan(new Outcome(PatchStatus.REJECTED, reason), Optional.empty(), clock);
    }

    /** The receipt of a patch that the policy denies before it runs. */
    public Receipt denied(Ruling ruling, Plan plan) {
        return ReceiptDraft.nothingRan(PatchExecutor.denied(ruling), Optional.of(plan), clock);
    }

    /** The receipt of a patch that cannot wait for an approval, since as many of its sender's wait as may. */
    public Receipt tooManyHeld(String principal, int most, Plan plan) {
        String reason = "too_many_held: " + most + " patches of " + principal
                + " wait in this workspace for an approval before they run, which is as many as may; send it again under a"
                + " new id when some are decided";
        return ReceiptDraft.nothingRan(new Outcome(PatchStatus.REJECTED, reason), Optional.of(plan), clock);
    }

    private Planning rejected(List<String> reasons) {
        Outcome outcome = new Outcome(PatchStatus.REJECTED, String.join("; ", reasons));
        return new Planning.Rejected(ReceiptDraft.nothingRan(outcome, Optional.empty(), clock));
    }
}
