package dev.patchferry.runner.workspace.commit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the folders in which a commit changes something were last modified. Every rename in a folder sets its time; who
 * takes a commit back also puts the times back, where nobody else has been since.
 */
record FolderTimes(@JsonValue Map<String, Instant> times) {
    static final FolderTimes NONE = new FolderTimes(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    FolderTimes {
        times = Map.copyOf(times);
    }

    /** As they are now; a folder that is not there has none. */
    static FolderTimes now(DirectoryHandle root, List<Change> changes) throws IOException {
        Map<String, Instant> times = new TreeMap<>();
        for (String folder : changes.stream().map(Change::parent).distinct().toList()) {
            try (DirectoryHandle held = root.open(folder)) {
                times.put(folder, held.kind().modified().toInstant());
            } catch (FileSystemException e) {
                // gone, or no folder any more: it has no time to compare
            }
        }
        return new FolderTimes(times);
    }

    /** These times for the folders that are now as they were then. */
    FolderTimes where(FolderTimes then, FolderTimes now) {
        Map<String, Instant> same = new TreeMap<>(times);
        same.keySet()
                .removeIf(folder ->
                        !now.times.containsKey(folder) || !now.times.get(folder).equals(then.times.get(folder)));
        return new FolderTimes(same);
    }

    /** Sets them. A folder that is gone, or that belongs to somebody else, keeps its own. */
    void restore(DirectoryHandle root) {
        times.forEach((folder, time) -> {
            try (DirectoryHandle held = root.open(folder)) {
                held.setModified(FileTime.from(time));
            } catch (IOException e) {
                // a time is worth no failed undo
            }
        });
    }
}
