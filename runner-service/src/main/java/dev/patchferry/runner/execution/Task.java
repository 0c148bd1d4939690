package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.Workspace;

/**
 * What is to be executed.
 *
 * @param entry is running in the journal
 * @param document what was sent
 * @param plan what that means in this workspace
 * @param workspace where it is done
 */
public record Task(JournaledPatch entry, PatchDocument document, Plan plan, Workspace workspace) {
    /** What its commands get: what may never take effect here reaches nobody elsewhere. */
    CommandGrants surroundings(Gate gate) {
        return document.dryRun() || document.propose() || gate.onlyProposes()
                ? workspace.surroundings().withoutNetwork()
                : workspace.surroundings();
    }
}
