package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whole folders of the runner's own. */
public final class Trees {
    private Trees() {}

    /** Deletes whatever stands at a path, links not followed, read-only folders included; nothing is fine. */
    public static void delete(Path path) throws IOException {
        FileKind kind = FileKind.of(path);
        if (kind.isAbsent()) {
            return;
        }
        if (kind.isDirectory()) {
            makeAccessible(path, kind);
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    delete(child);
                }
            }
        }
        Files.delete(path);
    }

    private static void makeAccessible(Path directory, FileKind kind) throws IOException {
        int ownerAll = 0700;
        if ((kind.mode() & ownerAll) != ownerAll) {
            Files.setAttribute(directory, "unix:mode", kind.mode() | ownerAll);
        }
    }
}
