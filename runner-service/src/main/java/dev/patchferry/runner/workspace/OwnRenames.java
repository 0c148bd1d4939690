package dev.patchferry.runner.workspace;

import dev.patchferry.runner.workspace.WritingProcesses.FileId;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;

/**
 * The times that a commit's own renames gave to files. A rename sets the ctime of the file, which all its hard links share:
 * under the next of its names it looks changed by somebody else. Used by one thread.
 */
final class OwnRenames {
    private final Map<FileId, FileTime> times = new HashMap<>();

    /** Remembers a file as the commit has left it; folders have no second name. */
    void add(FileStat moved) {
        if (!moved.isAbsent() && !moved.isDirectory()) {
            times.put(FileId.of(moved), moved.changed());
        }
    }

    /** Whether nothing has changed the file since this commit renamed it under another name. */
    boolean explain(FileStat file) {
        return file.changed().equals(times.get(FileId.of(file)));
    }
}
