package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is mounted where, to be compared: who entered a mount namespace earlier has what was mounted then. */
record Mounts(String table) {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    static Mounts now() throws IOException {
        return new Mounts(Files.readString(TABLE));
    }
}
