package dev.patchferry.runner.workspace.commit;

import java.nio.file.FileSystemException;

/** A program has a file open or mapped for writing that a commit is to take from its place. */
final class OpenForWriting extends FileSystemException {
    private static final long serialVersionUID = 1;

    OpenForWriting(String path, String by) {
        super(
                path,
                null,
                "is open for writing by " + by + ", which would go on writing into the replaced file; stop"
                        + " that program or let it close the file, and try again");
    }
}
