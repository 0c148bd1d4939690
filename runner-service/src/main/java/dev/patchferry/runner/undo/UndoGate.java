package dev.patchferry.runner.undo;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.engine.policy.Action;
import dev.patchferry.engine.policy.Policies;
import dev.patchferry.engine.policy.Policy;
import dev.patchferry.engine.policy.Ruling;
import dev.patchferry.runner.execution.Gate;
import dev.patchferry.runner.execution.Obstacles;
import dev.patchferry.runner.execution.Planner;
import dev.patchferry.runner.execution.Planner.Planning;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import dev.patchferry.runner.journal.UndoRequest;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.commit.Obstacle;
import dev.patchferry.runner.workspace.commit.Reversal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks about an undo or a redo what is asked about any change: whether somebody may make it at all, and what the rules of
 * the workspace say about it for whoever asks. Nothing of it can wait, so what a rule would hold or propose is refused; an
 * operator is not asked.
 */
public record UndoGate(Policies policies, Journal journal, Planner planner) {
    private static final String OPERATE = "operate";

    /** Why it is not done, if it is not. */
    Optional<String> refusal(UndoRequest request, JournaledPatch journaledPatch, Workspace workspace, Reversal reversal)
            throws IOException {
        Optional<Obstacle> obstacle = reversal.obstacle();
        if (obstacle.isPresent()) {
            return Optional.of(Obstacles.words(obstacle.get(), "since") + "; nothing was changed");
        }
        return request.roles().contains(OPERATE)
                ? Optional.empty()
                : byPolicy(request, journaledPatch, workspace, reversal);
    }

    private Optional<String> byPolicy(
            UndoRequest request, JournaledPatch journaledPatch, Workspace workspace, Reversal reversal)
            throws IOException {
        String what = request.target() == PatchStatus.UNDONE ? "undo" : "redo";
        Policy policy = policies.of(journaledPatch.workspace());
        Optional<Gate> gate = gate(policy, request, journaledPatch, workspace);
        if (gate.isEmpty()) {
            return Optional.of(
                    "policy_unknown: the document of this patch was dropped, long after its end, so the rules of"
                            + " the workspace cannot be asked about its " + what + "; an operator may " + what
                            + " it. Nothing was changed");
        }
        Ruling ruling = gate.get().after(reversal.files(), reversal.gitEffects());
        return switch (ruling.action()) {
            case ALLOW -> Optional.empty();
            case HOLD, PROPOSE, DENY ->
                Optional.of((ruling.action() == Action.DENY ? "policy_denied: " : "policy_held: ") + ruling.words()
                        + "; that rule would " + ruling.action().wireName() + " this " + what
                        + " as any change, and an operator may " + what + " it. Nothing was changed");
        };
    }

    /** What the rules are asked: of the patch by what it is, of its sender by who asks now; empty if it is not known. */
    private Optional<Gate> gate(
            Policy policy, UndoRequest request, JournaledPatch journaledPatch, Workspace workspace) {
        byte[] json = journal.document(journaledPatch).getBytes(StandardCharsets.UTF_8);
        if (!(PatchDocument.read(json) instanceof Reading.Valid(PatchDocument document))
                || !(planner.plan(document, workspace) instanceof Planning.Planned(var plan))) {
            return Optional.empty();
        }
        Sender sender = new Sender(request.principal(), request.roles());
        return Optional.of(Gate.of(policy, sender, document, plan, /* released= */ false));
    }
}
