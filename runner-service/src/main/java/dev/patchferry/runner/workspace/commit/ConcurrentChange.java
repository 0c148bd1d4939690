package dev.patchferry.runner.workspace.commit;

import java.nio.file.FileSystemException;

/** Somebody else changed a path that a commit is to change. */
final class ConcurrentChange extends FileSystemException {
    private static final long serialVersionUID = 1;

    ConcurrentChange(String path) {
        super(path, null, "was changed by somebody else meanwhile");
    }
}
