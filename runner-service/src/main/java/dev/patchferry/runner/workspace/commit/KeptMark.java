package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Written into the folder of a commit that is kept.
 *
 * @param at when it took effect
 * @param bytes what it replaced
 */
record KeptMark(Instant at, long bytes) {
    private static final String FILE = "kept.json";

    static KeptMark in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        // Only a removal that a crash cut short leaves a folder without it; that goes first.
        return Files.exists(file)
                ? Json.MAPPER.readValue(Files.readString(file), KeptMark.class)
                : new KeptMark(Instant.EPOCH, 0);
    }

    void save(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), Json.MAPPER.writeValueAsString(this));
    }
}
