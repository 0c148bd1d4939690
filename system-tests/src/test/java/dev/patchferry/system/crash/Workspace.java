package dev.patchferry.system.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What patches left in a workspace. Every {@link Job} that takes effect adds a line to the ledger and makes two files.
 *
 * @param path its folder
 */
record Workspace(Path path) {
    static final String LEDGER = "ledger";

    /** The ledger's lines: labels in the order in which their patches took effect. */
    List<String> ledger() {
        Path file = path.resolve(LEDGER);
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often a patch with this label took effect, wholly or in part. */
    long times(String label) {
        return ledger().stream().filter(label::equals).count();
    }

    /** The files that a patch with this label made, of the two that it makes. */
    List<String> files(String label) {
        return Stream.of(Job.first(label), Job.second(label))
                .filter(name -> Files.exists(path.resolve(name)))
                .toList();
    }

    /** The owner writes into the ledger, too. */
    void ownerWrites(String line) throws IOException {
        Files.writeString(path.resolve(LEDGER), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What the runner put here for a commit and did not take away. */
    List<String> staged() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(Path::toString)
                    .filter(name -> name.contains("/.ferry-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
