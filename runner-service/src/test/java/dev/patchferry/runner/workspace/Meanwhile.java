package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the owner of a workspace does by hand while a patch is under way. */
public final class Meanwhile {
    private Meanwhile() {}

    /** Writes a file so that its time of change is past the transaction's beginning, however coarse the clock is. */
    static void edit(OverlayTransaction transaction, Path file, String content) throws IOException {
        editAfter(transaction.upper().resolveSibling("began"), file, content);
    }

    /** The same, past the time of another file. */
    static void editAfter(Path began, Path file, String content) throws IOException {
        do {
            Files.writeString(file, content);
        } while (FileKind.of(file).changed().compareTo(FileKind.of(began).changed()) <= 0);
    }
}
