package dev.patchferry.runner.queue;

import dev.patchferry.foundation.files.DiskSpaceGuard;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import java.util.Optional;

/** What patches wait for that have their turn: a workspace that can be used, and room on the disk. */
public record Hindrances(Workspaces workspaces, DiskSpaceGuard floor) {
    /** Why nothing can be done in a workspace now. */
    Optional<String> in(Workspace workspace) {
        return workspaces
                .unusable(workspace)
                .map(reason -> "workspace_unusable: " + reason + "; the patch waits until that is done");
    }

    /** Why no patch may begin anywhere. */
    Optional<String> noRoom() {
        return floor.shortage().map(shortage -> "disk_full: " + shortage + "; the patch waits until there is room");
    }
}
