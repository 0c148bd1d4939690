package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the upper layer of an overlay that nobody uses any more into a {@link ChangeSet}, and makes it fit to be moved:
 * marks of overlayfs, special files and set-id bits are taken off, and whatever is new belongs to the owner.
 *
 * <p>The cost is that of the change, not of the workspace: lower folders are only opened where the upper layer has them.
 */
final class UpperLayer {
    private static final int SET_ID_BITS = 06000;
    private static final int OWNER_ALL = 0700;

    private final Owner owner;
    private final ChangeSetDraft draft = new ChangeSetDraft();

    private UpperLayer(Owner owner) {
        this.owner = owner;
    }

    static ChangeSet read(Path upperRoot, Path lowerRoot, Owner owner) throws IOException {
        UpperLayer layer = new UpperLayer(owner);
        if (FileKind.of(upperRoot).mode() != FileKind.of(lowerRoot).mode()) {
            layer.draft.dropped("the mode of the workspace's own folder was not kept");
        }
        try (Beneath lower = Beneath.root(lowerRoot)) {
            layer.folder("", upperRoot, lower);
        }
        return layer.draft.changeSet();
    }

    /** A folder that both layers have, and that stays. The upper one is not moved, so its own mode matters no more. */
    private void folder(String path, Path upper, Beneath lower) throws IOException {
        Files.setAttribute(upper, "unix:mode", FileKind.of(upper).mode() | OWNER_ALL);
        for (Path child : entries(upper)) {
            String name = child.getFileName().toString();
            String childPath = path.isEmpty() ? name : path + "/" + name;
            if (!child.resolveSibling(name).equals(child)) {
                throw new FileSystemException(childPath, null, "has a name that is not UTF-8, which cannot be kept");
            }
            entry(childPath, child, lower, name);
        }
    }

    private void entry(String path, Path upper, Beneath lower, String name) throws IOException {
        FileKind after = FileKind.of(upper);
        FileKind before = FileKind.of(lower.entry(name));
        if (before.isAbsent() && isCopy(upper, after)) {
            draft.originalGone(after.isDirectory() ? path + "/" : path);
        }
        switch (after.type()) {
            case WHITEOUT -> remove(path, lower.entry(name), before);
            case DIRECTORY -> {
                if (before.isDirectory() && !OverlayMarks.isOpaque(upper)) {
                    mergedFolder(path, upper, after, lower, name, before);
                } else {
                    newFolder(path, upper, after, lower.entry(name), before);
                }
            }
            case FILE, SYMLINK -> file(path, upper, after, lower.entry(name), before);
            case SPECIAL -> {
                draft.dropped(path + " is " + after.words() + " and was not kept");
                remove(path, lower.entry(name), before);
            }
            case ABSENT -> throw new NoSuchFileException(path);
        }
    }

    private void mergedFolder(String path, Path upper, FileKind after, Beneath lower, String name, FileKind before)
            throws IOException {
        int mode = (after.mode() & ~SET_ID_BITS) | (before.mode() & SET_ID_BITS);
        if (mode != before.mode()) {
            draft.mode(path, Optional.empty(), mode);
        }
        int first = draft.changeCount();
        try (Beneath below = lower.open(name)) {
            folder(path, upper, below);
        }
        draft.folderStays(path, first, before.mode(), mode);
    }

    private void newFolder(String path, Path upper, FileKind after, Path lower, FileKind before) throws IOException {
        remove(path, lower, before);
        int files = draft.fileCount();
        newTree(path, upper, after);
        if (draft.fileCount() == files) {
            draft.created(path + "/", Optional.empty(), after.mode());
        }
        int movable = after.mode() | OWNER_ALL;
        Files.setAttribute(upper, "unix:mode", movable);
        draft.add(new Change.Create(path));
        draft.folderStays(path, draft.changeCount(), movable, after.mode());
    }

    /** Everything in a folder that the lower layer does not show is new. */
    private void newTree(String path, Path upper, FileKind folder) throws IOException {
        owner.claim(upper);
        try (Unlocked _ = Unlocked.of(upper, folder)) {
            OverlayMarks.strip(upper);
            for (Path child : entries(upper)) {
                String childPath = path + "/" + child.getFileName();
                FileKind kind = FileKind.of(child);
                switch (kind.type()) {
                    case DIRECTORY -> {
                        int files = draft.fileCount();
                        newTree(childPath, child, kind);
                        if (draft.fileCount() == files) {
                            draft.created(childPath + "/", Optional.empty(), kind.mode());
                        }
                    }
                    case FILE, SYMLINK -> created(childPath, child, fitToMove(childPath, child, kind, owner));
                    case WHITEOUT -> Files.delete(child);
                    case SPECIAL -> {
                        draft.dropped(childPath + " is " + kind.words() + " and was not kept");
                        Files.delete(child);
                    }
                    case ABSENT -> throw new NoSuchFileException(childPath);
                }
            }
        }
    }

    private void file(String path, Path upper, FileKind after, Path lower, FileKind before) throws IOException {
        if (before.isAbsent() || before.isDirectory()) {
            remove(path, lower, before);
            created(path, upper, fitToMove(path, upper, after, owner));
            draft.add(new Change.Create(path));
        } else {
            replaced(path, upper, fitToMove(path, upper, after, Owner.of(lower)), lower, before);
        }
    }

    private void replaced(String path, Path upper, FileKind after, Path lower, FileKind before) throws IOException {
        Optional<String> hashBefore = hash(lower, before);
        Optional<String> hashAfter = hashOfUpper(upper, after);
        boolean sameContent = before.type() == after.type()
                && (after.isFile()
                        ? hashBefore.equals(hashAfter)
                        : Files.readSymbolicLink(upper).equals(Files.readSymbolicLink(lower)));
        if (!sameContent) {
            draft.modified(path, hashBefore, hashAfter, after.mode());
        } else if (after.mode() != before.mode()) {
            draft.mode(path, hashAfter, after.mode());
        }
        draft.add(new Change.Replace(path, after.inode()));
    }

    private void created(String path, Path upper, FileKind kind) throws IOException {
        draft.created(path, hashOfUpper(upper, kind), kind.mode());
    }

    private void remove(String path, Path lower, FileKind before) throws IOException {
        if (before.isAbsent()) {
            return;
        }
        if (before.isDirectory()) {
            draft.folderGoes(path, before.mode());
        }
        draft.add(new Change.Remove(path));
        listDeleted(path, lower, before);
    }

    private void listDeleted(String path, Path lower, FileKind before) throws IOException {
        if (!before.isDirectory()) {
            draft.deleted(path, hash(lower, before));
            return;
        }
        List<Path> children = Files.isReadable(lower) ? entries(lower) : List.of();
        if (children.isEmpty()) {
            draft.deleted(path + "/", Optional.empty());
        }
        for (Path child : children) {
            listDeleted(path + "/" + child.getFileName(), child, FileKind.of(child));
        }
    }

    private FileKind fitToMove(String path, Path upper, FileKind kind, Owner whose) throws IOException {
        whose.claim(upper);
        if (!kind.isFile()) {
            return kind;
        }
        if ((kind.mode() & SET_ID_BITS) != 0) {
            draft.dropped("the set-id bits of " + path + " were not kept");
            Files.setAttribute(upper, "unix:mode", kind.mode() & ~SET_ID_BITS);
        }
        FileKind fit = FileKind.of(upper);
        try (Unlocked _ = Unlocked.of(upper, fit)) {
            OverlayMarks.strip(upper);
        }
        return fit;
    }

    private static boolean isCopy(Path upper, FileKind kind) throws IOException {
        if (!kind.isFile() && !kind.isDirectory()) {
            return false;
        }
        try (Unlocked _ = Unlocked.of(upper, kind)) {
            return OverlayMarks.isCopy(upper);
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        entries.sort(Comparator.comparing(entry -> entry.getFileName().toString()));
        return entries;
    }

    private static Optional<String> hashOfUpper(Path file, FileKind kind) throws IOException {
        if (!kind.isFile()) {
            return Optional.empty();
        }
        try (Unlocked _ = Unlocked.of(file, kind)) {
            return hash(file, kind);
        }
    }

    /** Of a regular file; empty for anything else and for a file of the owner's that the runner may not read. */
    private static Optional<String> hash(Path file, FileKind kind) throws IOException {
        if (!kind.isFile()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(Sha256.of(in));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }
}
