package dev.patchferry.runner.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The folders of the runner below {@code FERRY_HOME}; made on start, readable by nobody else.
 *
 * @param root {@code FERRY_HOME/runner}, links resolved
 */
record RunnerHome(Path root) {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static RunnerHome in(Path home) throws IOException {
        RunnerHome made = new RunnerHome(
                Files.createDirectories(home.toAbsolutePath().normalize().resolve("runner"), PRIVATE)
                        .toRealPath());
        for (Path folder :
                new Path[] {made.transactions(), made.logs(), made.patches(), made.homes(), made.scratch()}) {
            Files.createDirectories(folder, PRIVATE);
        }
        return made;
    }

    /** Where other services of this machine keep their state, too. */
    Path ferryHome() {
        return Objects.requireNonNull(root.getParent());
    }

    Path journal() {
        return root.resolve("journal.db");
    }

    Path transactions() {
        return root.resolve("tx");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path patches() {
        return root.resolve("patches");
    }

    Path homes() {
        return root.resolve("home");
    }

    Path scratch() {
        return root.resolve("scratch");
    }
}
