package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.WorkspaceName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where what patches replaced is kept, and how long. Safe for use by the lanes of several workspaces. */
public final class UndoSpace {
    private final Path folder;
    private final UndoBounds bounds;
    private final Clock clock;
    private final Map<WorkspaceName, KeptCommits> byWorkspace = new ConcurrentHashMap<>();

    /**
     * Keeps in a folder.
     *
     * @param folder on the file system of the transactions; made when needed
     * @param clock tells how old something is
     */
    public UndoSpace(Path folder, UndoBounds bounds, Clock clock) {
        this.folder = folder;
        this.bounds = bounds;
        this.clock = clock;
    }

    public KeptCommits of(WorkspaceName workspace) {
        return byWorkspace.computeIfAbsent(
                workspace, name -> new KeptCommits(folder.resolve(name.value()), bounds, clock));
    }
}
