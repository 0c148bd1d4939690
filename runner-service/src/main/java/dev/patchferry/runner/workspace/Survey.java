package dev.patchferry.runner.workspace;

import dev.patchferry.runner.workspace.Inventory.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    Inventory inventory() {
        return new Inventory(items);
    }

    /** Nothing is, or will be, there. */
    void nothing(String path) {
        items.subMap(path + "/", path + "0").clear();
        items.put(path, Item.NOTHING);
    }

    /** A folder is, or will be, there with these permissions; what else is known of it stays. */
    void mode(String path, int mode) {
        Item known = items.getOrDefault(path, new Item(FileKind.Type.DIRECTORY, mode, NO_CONTENT));
        items.put(path, new Item(known.type(), mode, known.content()));
    }

    /** What stands here, itself alone. */
    void folder(String path, Path place) throws IOException {
        FileKind kind = FileKind.of(place);
        items.put(path, new Item(kind.type(), kind.mode(), NO_CONTENT));
    }

    /** What stands here, with everything in it. */
    void tree(String path, Path place) throws IOException {
        nothing(path);
        look(path, place);
    }

    private void look(String path, Path place) throws IOException {
        FileKind kind = FileKind.of(place);
        switch (kind.type()) {
            case ABSENT, WHITEOUT -> items.put(path, Item.NOTHING);
            case SPECIAL -> items.put(path, new Item(kind.type(), kind.mode(), NO_CONTENT));
            case SYMLINK ->
                items.put(
                        path,
                        new Item(
                                kind.type(),
                                0,
                                Optional.of(Files.readSymbolicLink(place).toString())));
            case FILE -> items.put(path, new Item(kind.type(), kind.mode(), hash(path, place, kind)));
            case DIRECTORY -> {
                items.put(path, new Item(kind.type(), kind.mode(), NO_CONTENT));
                lookInto(path, place, kind);
            }
        }
    }

    private void lookInto(String path, Path folder, FileKind kind) throws IOException {
        if (!own && !Files.isReadable(folder)) {
            items.put(path, new Item(kind.type(), kind.mode(), Optional.empty()));
            return;
        }
        try (Unlocked _ = lift(folder, kind);
                DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                look(path + "/" + child.getFileName(), child);
            }
        }
    }

    private Optional<String> hash(String path, Path file, FileKind kind) throws IOException {
        String known = hashes.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        try (Unlocked _ = lift(file, kind);
                InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(Sha256.of(in));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    private Unlocked lift(Path place, FileKind kind) throws IOException {
        return own ? Unlocked.of(place, kind) : new Unlocked(place, kind.mode(), false);
    }
}
