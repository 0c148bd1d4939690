package dev.patchferry.runner.workspace;

import java.nio.file.Path;
import java.time.Clock;

/**
 * Where what patches replaced is kept, and how long.
 *
 * @param folder on the file system of the transactions; made when needed
 * @param clock tells how old something is
 */
public record UndoSpace(Path folder, Retention retention, Clock clock) {
    KeptCommits of(Workspace workspace) {
        return new KeptCommits(folder.resolve(workspace.name().value()), retention, clock);
    }
}
