package dev.patchferry.runner.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.workspace.commit.Change;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.Identities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that ran and waits, with what it changed, for somebody's approval. Reading an upper layer makes it fit to
 * be moved and cannot be done twice, so the change set is kept beside it.
 *
 * @param transaction may be committed or dropped; no step may be done in it any more
 */
public record Proposal(Transaction transaction, ChangeSet changes) {
    private static final String FILE = "proposal.json";

    /** As it stands in the file. */
    private record Kept(
            JsonNode changes,
            List<ChangedFile> files,
            Set<String> originalGone,
            List<String> dropped,
            @Nullable Identities base) {}

    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    static void save(ChangeSet set, Path folder) throws IOException {
        Kept kept = new Kept(Change.toJson(set.changes()), set.files(), set.originalGone(), set.dropped(), set.base());
        Files.writeString(folder.resolve(FILE), Json.MAPPER.writeValueAsString(kept));
    }

    static ChangeSet changes(Path folder) throws IOException {
        Kept kept = Json.MAPPER.readValue(Files.readString(folder.resolve(FILE)), Kept.class);
        // one that an earlier version kept knows none
        Identities base = kept.base() == null ? Identities.NONE : kept.base();
        return new ChangeSet(
                Change.fromJson(kept.changes()),
                kept.files(),
                kept.originalGone(),
                kept.dropped(),
                base,
                /* swapped= */ Optional.empty());
    }
}
