package dev.patchferry.foundation.token;

import dev.patchferry.foundation.files.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * A token as the header that proves it, in a file: {@code curl -H @FILE} reads it there. A header on the command line would
 * be shown to every user of the machine who lists its processes.
 */
public final class HeaderFile {
    private HeaderFile() {}

    /** Writes {@code tokens/NAME.header} below {@code FERRY_HOME}, mode 0600, whole or not at all, unless it is right. */
    public static void write(Path home, String name, String secret) throws IOException {
        Path file = home.resolve("tokens").resolve(name + ".header");
        String header = "Authorization: Bearer " + secret + "\n";
        if (Files.exists(file) && Files.readString(file).equals(header)) {
            PrivateFolder.createFile(file);
            return;
        }
        Path fresh = Files.createTempFile(
                Objects.requireNonNull(file.getParent()),
                ".new",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, header);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
