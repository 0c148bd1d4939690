package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.WritingProcesses.FileId;
import java.util.HashMap;
import java.util.Map;

/**
 * The files that a commit has renamed, as it left them. A rename sets the ctime of the file, which all its hard links share:
 * under the next of its names it looks changed by somebody else. Used by one thread.
 */
final class OwnRenames {
    private final Map<FileId, FileStat> left = new HashMap<>();

    /** Remembers a file as the commit has left it; folders have no second name. */
    void add(FileStat moved) {
        if (!moved.isAbsent() && !moved.isDirectory()) {
            left.put(FileId.of(moved), moved);
        }
    }

    /**
     * Whether nothing has changed the file since this commit renamed it under another name. The ctime alone does not tell: it
     * may be that of a change within the same tick of the kernel's clock.
     */
    boolean explain(FileStat file) {
        FileStat renamed = left.get(FileId.of(file));
        return renamed != null
                && file.changed().equals(renamed.changed())
                && file.modified().equals(renamed.modified())
                && file.size() == renamed.size()
                && file.mode() == renamed.mode();
    }
}
