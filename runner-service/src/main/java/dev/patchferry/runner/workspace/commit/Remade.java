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
import java.util.TreeMap;

/**
 * Compares a folder that was removed and made anew ({@code rm -rf dist && build}) with the old one, file by file: what is the
 * same again is no change, what is there again with other content is modified.
 */
final class Remade {
    private final Map<String, Version> before = new HashMap<>();
    private final Map<String, Version> after = new HashMap<>();

    /**
     * A file, link or folder.
     *
     * @param content the SHA-256 of a file, the target of a link; empty if it is not known, or of anything else
     */
    record Version(FileStat.Type type, int mode, Optional<String> content) {
        boolean isSameAs(Version other) {
            boolean known = content.isPresent() || type == FileStat.Type.DIRECTORY;
            return type == other.type && known && content.equals(other.content);
        }

        /** The SHA-256 of a file. */
        Optional<String> hash() {
            return type == FileStat.Type.FILE ? content : Optional.empty();
        }
    }

    /** What goes at a path. */
    void goes(String path, Version version) {
        before.put(path, version);
    }

    /** What comes at a path. */
    void comes(String path, Version version) {
        after.put(path, version);
    }

    /** The changes of files, each path once. */
    List<ChangedFile> merged(List<ChangedFile> files) {
        List<ChangedFile> merged = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (ChangedFile file : files) {
            String path = withoutSlash(file.path());
            Version old = before.get(path);
            Version fresh = after.get(path);
            if (old == null || fresh == null || isFolder(old) != isFolder(fresh)) {
                merged.add(file);
            } else if (done.add(path)) {
                merge(path, old, fresh).ifPresent(merged::add);
            }
        }
        addFolders(merged, done);
        return merged;
    }

    /** Folders that are not listed themselves, since there is something in them, and that have another mode now. */
    private void addFolders(List<ChangedFile> merged, Set<String> done) {
        new TreeMap<>(after).forEach((path, fresh) -> {
            Version old = before.get(path);
            if (old != null && isFolder(old) && isFolder(fresh) && !done.contains(path)) {
                merge(path, old, fresh).ifPresent(merged::add);
            }
        });
    }

    private static Optional<ChangedFile> merge(String path, Version old, Version fresh) {
        if (!old.isSameAs(fresh)) {
            return Optional.of(ChangeSetDraft.changed(path, "modified", old.hash(), fresh.hash(), fresh.mode()));
        }
        return old.mode() == fresh.mode() || fresh.type() == FileStat.Type.SYMLINK
                ? Optional.empty()
                : Optional.of(ChangeSetDraft.changed(path, "mode", fresh.hash(), fresh.hash(), fresh.mode()));
    }

    private static boolean isFolder(Version version) {
        return version.type() == FileStat.Type.DIRECTORY;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
