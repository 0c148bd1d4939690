package dev.patchferry.runner.cli;

import dev.patchferry.contract.PatchDocument;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The documents that a command is about, one after the other.
 *
 * @param command its name, for complaints
 */
record DocumentFiles(String command, InputStream in, PrintStream err) {
    static final String STANDARD_INPUT = "-";

    /** A document of at most one byte more than it may have; empty, and said, if it cannot be read. */
    Optional<byte[]> read(String file) {
        try (InputStream content = file.equals(STANDARD_INPUT) ? in : Files.newInputStream(Path.of(file))) {
            return Optional.of(content.readNBytes(PatchDocument.MAX_BYTES + 1));
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
            err.println(command + ": cannot read " + file + ": " + why);
            return Optional.empty();
        }
    }

    static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** The folder itself, where it is there; it need not exist for a command that runs nothing. */
    static Path withoutLinks(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }
}
