package dev.patchferry.runner.intake;

import dev.patchferry.contract.WorkspaceView;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.JdbiException;

/** Whether a patch could be journalled and run now. */
@Singleton
class Condition {
    private final WorkspaceViews workspaces;
    private final SqliteDatabase journal;

    Condition(WorkspaceViews workspaces, SqliteDatabase journal) {
        this.workspaces = workspaces;
        this.journal = journal;
    }

    /** What is missing, each with its remedy; empty when ready. */
    List<String> reasonsAgainst() {
        List<String> reasons = new ArrayList<>();
        try {
            journal.checkWritable();
        } catch (JdbiException e) {
            reasons.add("the journal cannot be written: " + e.getMessage());
        }
        workspaces.sandboxFailure().ifPresent(reasons::add);
        for (WorkspaceView workspace : workspaces.all()) {
            if (!workspace.usable() && !reasons.contains(workspace.reason().orElse(""))) {
                reasons.add("workspace " + workspace.name() + ": "
                        + workspace.reason().orElse("unusable"));
            }
        }
        return reasons;
    }

    String sandboxLevel() {
        return workspaces.sandboxLevel();
    }
}
