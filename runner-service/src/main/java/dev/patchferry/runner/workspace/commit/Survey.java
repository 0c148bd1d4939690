package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.commit.TreeSnapshot.Item;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.Sha256;
import dev.patchferry.runner.workspace.fs.TemporaryPermissions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at files and folders, links not followed, and writes down what is there. What is seen last counts. */
final class Survey {
    private static final Optional<String> NO_CONTENT = Optional.of("");

    private final SortedMap<String, Item> items = new TreeMap<>();
    private final Map<String, String> hashes;
    private final boolean own;

    /**
     * Begins.
     *
     * @param hashes content that need not be read again, by path
     * @param own whether the files are the runner's own, so that their permissions may be lifted for a moment
     */
    Survey(Map<String, String> hashes, boolean own) {
        this.hashes = hashes;
        this.own = own;
    }

    TreeSnapshot inventory() {
        return new TreeSnapshot(items);
    }

    /** Nothing is, or will be, there. */
    void nothing(String path) {
        items.subMap(path + "/", path + "0").clear();
        items.put(path, Item.NOTHING);
    }

    /** A folder is, or will be, there with these permissions; what else is known of it stays. */
    void mode(String path, int mode) {
        Item known = items.getOrDefault(path, new Item(FileStat.Type.DIRECTORY, mode, NO_CONTENT));
        items.put(path, new Item(known.type(), mode, known.content()));
    }

    /** What stands here, itself alone. */
    void folder(String path, EntryLocation place) throws IOException {
        FileStat kind = place.stat();
        items.put(path, new Item(kind.type(), kind.mode(), NO_CONTENT));
    }

    /** What stands here, with everything in it. */
    void tree(String path, EntryLocation place) throws IOException {
        nothing(path);
        FileStat kind = place.stat();
        if (kind.isAbsent()) {
            items.put(path, Item.NOTHING);
        } else {
            look(path, place.parent(), place.name());
        }
    }

    private void look(String path, DirectoryHandle folder, EntryName name) throws IOException {
        try (EntryHandle entry = folder.entry(name)) {
            FileStat kind = entry.kind();
            switch (kind.type()) {
                case ABSENT, WHITEOUT -> items.put(path, Item.NOTHING);
                case SPECIAL -> items.put(path, new Item(kind.type(), kind.mode(), NO_CONTENT));
                case SYMLINK -> items.put(path, new Item(kind.type(), 0, Optional.of(entry.linkText())));
                case FILE -> items.put(path, new Item(kind.type(), kind.mode(), hash(path, entry)));
                case DIRECTORY -> {
                    items.put(path, new Item(kind.type(), kind.mode(), NO_CONTENT));
                    lookInto(path, entry.asDirectory());
                }
            }
        }
    }

    private void lookInto(String path, DirectoryHandle folder) throws IOException {
        folder.requireReachable();
        if (own) {
            try (TemporaryPermissions _ = TemporaryPermissions.ofOriginal(folder)) {
                lookAtAll(path, folder, folder.list());
            }
            return;
        }
        try {
            lookAtAll(path, folder, folder.list());
        } catch (AccessDeniedException e) {
            FileStat kind = folder.kind();
            items.put(path, new Item(kind.type(), kind.mode(), Optional.empty()));
        }
    }

    private void lookAtAll(String path, DirectoryHandle folder, List<EntryName> names) throws IOException {
        for (EntryName name : names) {
            look(path + "/" + name, folder, name);
        }
    }

    private Optional<String> hash(String path, EntryHandle file) throws IOException {
        String known = hashes.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        if (!own) {
            return Sha256.ifReadable(file);
        }
        try (TemporaryPermissions _ = TemporaryPermissions.ofOriginal(file)) {
            return Sha256.ifReadable(file);
        }
    }
}
