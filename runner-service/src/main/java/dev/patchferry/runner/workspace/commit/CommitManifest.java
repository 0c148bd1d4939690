package dev.patchferry.runner.workspace.commit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Receipt.ChangedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a commit besides the files themselves: enough to tell whether the workspace still is as the commit
 * left it, and to take it back.
 *
 * @param changes in the order in which they are applied
 * @param files the same for people
 * @param before the workspace without the commit; its inventory is not known until the commit is first taken back
 * @param after the workspace with it
 * @param known what of the workspace it is for; nothing is known of what an earlier version wrote
 */
public record CommitManifest(
        JsonNode changes,
        List<ChangedFile> files,
        Side before,
        Side after,
        @JsonProperty("base") @Nullable Identities known) {
    private static final String FILE = "footprint.json";

    /** One side of a commit. */
    record Side(TreeSnapshot inventory, FolderTimes folders) {}

    static CommitManifest in(Path folder) throws IOException {
        return Json.MAPPER.readValue(Files.readString(folder.resolve(FILE)), CommitManifest.class);
    }

    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    void save(Path folder) throws IOException {
        Path fresh = folder.resolve(FILE + ".new");
        Files.writeString(fresh, Json.MAPPER.writeValueAsString(this));
        Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    List<Change> changeList() {
        return Change.fromJson(changes);
    }

    /** Where this direction leads. */
    Side goal(Direction direction) {
        return direction == Direction.FORWARD ? after : before;
    }

    /** Where it comes from. */
    Side start(Direction direction) {
        return goal(direction.opposite());
    }

    CommitManifest withGoal(Direction direction, Side goal) {
        return direction == Direction.FORWARD
                ? new CommitManifest(changes, files, before, goal, known)
                : new CommitManifest(changes, files, goal, after, known);
    }

    /** Which files and folders of the workspace it is for. */
    Identities base() {
        return known == null ? Identities.NONE : known;
    }

    CommitManifest withBase(Identities base) {
        return new CommitManifest(changes, files, before, after, base);
    }

    CommitManifest withChanges(List<Change> staged) {
        return new CommitManifest(Change.toJson(staged), files, before, after, known);
    }

    /** Whether the commit changed this path, a folder it is in, or something in it. */
    boolean touches(String path) {
        return changeList().stream()
                .filter(change ->
                        !(change instanceof Change.SetMode) || change.path().equals(path))
                .map(Change::path)
                .anyMatch(touched ->
                        touched.equals(path) || path.startsWith(touched + "/") || touched.startsWith(path + "/"));
    }

    /** What going in this direction does to files. */
    List<ChangedFile> files(Direction direction) {
        return direction == Direction.FORWARD
                ? files
                : files.stream().map(CommitManifest::takenBack).toList();
    }

    private static ChangedFile takenBack(ChangedFile file) {
        String change = switch (file.change()) {
            case "created" -> "deleted";
            case "deleted" -> "created";
            default -> file.change();
        };
        return new ChangedFile(
                file.path(),
                change,
                /* beforeSha256= */ file.afterSha256(),
                /* afterSha256= */ file.beforeSha256(),
                Optional.empty());
    }
}
