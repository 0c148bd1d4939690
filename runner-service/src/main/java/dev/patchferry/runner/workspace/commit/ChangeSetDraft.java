package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.workspace.fs.FileStat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects a {@link ChangeSet} while an upper layer is read. */
final class ChangeSetDraft {
    private static final int OWNER_ALL = 0700;
    private static final int OWNER_CHANGES = 0300;

    private final List<Change> changes = new ArrayList<>();
    private final List<ChangedFile> files = new ArrayList<>();
    private final Set<String> originalGone = new HashSet<>();
    private final List<String> dropped = new ArrayList<>();
    private final Map<String, Identity> base = new HashMap<>();
    private final Remade remade = new Remade();
    private Optional<String> swapped = Optional.empty();

    ChangeSet changeSet() {
        return new ChangeSet(changes, remade.merged(files), originalGone, dropped, new Identities(base), swapped);
    }

    void add(Change change) {
        changes.add(change);
    }

    int changeCount() {
        return changes.size();
    }

    int fileCount() {
        return files.size();
    }

    Remade remade() {
        return remade;
    }

    void created(String path, Optional<String> hash, int mode) {
        files.add(changed(path, "created", Optional.empty(), hash, mode));
    }

    void modified(String path, Optional<String> before, Optional<String> after, int mode) {
        files.add(changed(path, "modified", before, after, mode));
    }

    void mode(String path, Optional<String> hash, int mode) {
        files.add(changed(path, "mode", hash, hash, mode));
    }

    void deleted(String path, Optional<String> hash) {
        files.add(new ChangedFile(path, "deleted", hash, Optional.empty(), Optional.empty()));
    }

    void originalGone(String path) {
        originalGone.add(path);
    }

    /** What stands in the workspace at a path that is touched, or is a folder above one. */
    void base(String path, FileStat kind) {
        base.put(path, Identity.of(kind));
    }

    /** A folder is not the one that the patch changed; those in it are told of before. */
    void swapped(String path) {
        swapped = Optional.of(path);
    }

    void dropped(String phrase) {
        dropped.add(phrase);
    }

    /**
     * A folder that stays comes to its final mode after everything in it; one that even its owner may not change is
     * opened before.
     *
     * @param first how many changes there were before those in the folder
     */
    void folderStays(String path, int first, int before, int after) {
        boolean opened = changes.size() > first && (before & OWNER_CHANGES) != OWNER_CHANGES;
        int during = opened ? before | OWNER_ALL : before;
        if (opened) {
            changes.add(first, new Change.SetMode(path, during, before));
        }
        if (during != after) {
            changes.add(new Change.SetMode(path, after, during));
        }
    }

    /** A folder goes; one that its owner may not change cannot be moved away as it is. */
    void folderGoes(String path, int mode) {
        if ((mode & OWNER_CHANGES) != OWNER_CHANGES) {
            changes.add(new Change.SetMode(path, mode | OWNER_ALL, mode));
        }
    }

    static ChangedFile changed(String path, String change, Optional<String> before, Optional<String> after, int mode) {
        return new ChangedFile(path, change, before, after, Optional.of("%04o".formatted(mode)));
    }
}
