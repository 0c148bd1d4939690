package dev.patchferry.runner.queue;

import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.Planner;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.Signal;
import dev.patchferry.runner.logs.FileView;

/** What every lane works with. */
public record LaneTools(
        Journal journal,
        Planner planner,
        PatchExecutor executor,
        UndoWork undos,
        ApprovalWork approvals,
        Hindrances hindrances,
        FileView view,
        Signal changed) {}
