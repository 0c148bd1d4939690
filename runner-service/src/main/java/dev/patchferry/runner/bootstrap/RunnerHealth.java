package dev.patchferry.runner.bootstrap;

import dev.patchferry.contract.WorkspaceView;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.api.WorkspaceViews;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** Whether a patch could be journalled and run now. */
@Singleton
class RunnerHealth {
    private final WorkspaceViews workspaces;
    private final SqliteDatabase journal;
    private final DiskSpaceGuard floor;

    RunnerHealth(WorkspaceViews workspaces, SqliteDatabase journal, DiskSpaceGuard floor) {
        this.workspaces = workspaces;
        this.journal = journal;
        this.floor = floor;
    }

    /** What is missing for any patch at all, each with its remedy; empty when ready. */
    List<String> reasonsAgainst() {
        List<String> reasons = new ArrayList<>();
        try {
            journal.checkWritable();
        } catch (JdbiException e) {
            reasons.add("the journal cannot be written: " + e.getMessage());
        }
        floor.shortage().map(shortage -> "disk_full: " + shortage).ifPresent(reasons::add);
        workspaces.nothingRuns().ifPresent(reasons::add);
        return reasons;
    }

    /** Which workspaces alone cannot be used, and why: patches for them wait, all others run. */
    List<String> unusableWorkspaces() {
        Optional<String> nothingRuns = workspaces.nothingRuns();
        return workspaces.all().stream()
                .filter(workspace -> !workspace.usable() && !workspace.reason().equals(nothingRuns))
                .map(RunnerHealth::describe)
                .toList();
    }

    private static String describe(WorkspaceView workspace) {
        return "workspace " + workspace.name() + ": " + workspace.reason().orElse("unusable");
    }

    String sandboxLevel() {
        return workspaces.sandboxLevel();
    }
}
