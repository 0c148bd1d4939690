package dev.patchferry.runner.queue;

import dev.patchferry.runner.approval.ApprovalWork;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.Planner;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.undo.UndoWork;

/** What every lane works with. */
public record WorkerTools(
        Journal journal,
        Planner planner,
        PatchExecutor executor,
        UndoWork undos,
        ApprovalWork approvals,
        Hindrances hindrances,
        PatchFileMirror view,
        ChangeCounter changed) {}
