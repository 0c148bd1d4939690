package dev.patchferry.foundation.sqlite;

import dev.patchferry.foundation.files.FileSystemCounts;
import dev.patchferry.foundation.files.PrivateFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the driver unpacks its native library. It removes the copy when the process ends well; one that is killed again
 * and again would fill the system's folder for temporary files, so the copies lie beside the database and the next start
 * removes them.
 */
final class NativeLibrary {
    private static final String FOLDER = "native";
    private static final String PROPERTY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /**
     * To be called before the first connection of the process. A copy that somebody still uses may be removed, too: it
     * stays mapped.
     *
     * @param home the database's folder
     * @throws io.quarkus.runtime.PreventFurtherStepsException if no library can be loaded from there
     */
    static void unpackIn(Path home) throws IOException {
        Path folder = PrivateFolder.create(home.resolve(FOLDER));
        if (FileSystemCounts.isNoExec(folder)) {
            throw DatabaseRefusal.noExec(folder);
        }
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        }
        System.setProperty(PROPERTY, folder.toString());
    }
}
