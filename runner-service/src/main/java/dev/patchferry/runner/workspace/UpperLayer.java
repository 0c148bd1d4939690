package dev.patchferry.runner.workspace;

import dev.patchferry.contract.Receipt.ChangedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads the upper layer of an overlay that nobody uses any more into a {@link ChangeSet}, and makes it fit to be moved:
 * marks of overlayfs, special files and set-id bits are taken off.
 *
 * <p>The cost is that of the change, not of the workspace: lower folders are only opened where the upper layer has them.
 */
final class UpperLayer {
    private static final int SET_ID_BITS = 06000;

    private final Path upperRoot;
    private final Owner owner;
    private final List<Change> changes = new ArrayList<>();
    private final List<ChangedFile> files = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    private UpperLayer(Path upperRoot, Owner owner) {
        this.upperRoot = upperRoot;
        this.owner = owner;
    }

    static ChangeSet read(Path upperRoot, Path lowerRoot, Owner owner) throws IOException {
        UpperLayer layer = new UpperLayer(upperRoot, owner);
        try (Beneath lower = Beneath.root(lowerRoot)) {
            layer.folder("", lower);
        }
        return new ChangeSet(layer.changes, layer.files, layer.dropped);
    }

    /** A folder that both layers have, and that stays. */
    private void folder(String path, Beneath lower) throws IOException {
        for (Path upper : entries(upperRoot.resolve(path))) {
            String name = upper.getFileName().toString();
            entry(path.isEmpty() ? name : path + "/" + name, upper, lower, name);
        }
    }

    private void entry(String path, Path upper, Beneath lower, String name) throws IOException {
        FileKind after = FileKind.of(upper);
        FileKind before = FileKind.of(lower.entry(name));
        switch (after.type()) {
            case WHITEOUT -> remove(path, before, lower.entry(name));
            case DIRECTORY -> directory(path, upper, after, lower, name, before);
            case FILE -> file(path, upper, sanitise(path, upper, after), lower.entry(name), before);
            case SYMLINK -> file(path, upper, after, lower.entry(name), before);
            case SPECIAL -> {
                dropped.add(path + " is " + after.words() + " and was not kept");
                if (!before.isAbsent()) {
                    remove(path, before, lower.entry(name));
                }
            }
            case ABSENT -> throw new NoSuchFileException(upper.toString());
        }
    }

    private void directory(String path, Path upper, FileKind after, Beneath lower, String name, FileKind before)
            throws IOException {
        boolean merged = before.isDirectory() && !OverlayMarks.isOpaque(upper);
        int mode = after.mode() & ~SET_ID_BITS;
        if (merged) {
            if (mode != (before.mode() & ~SET_ID_BITS)) {
                changes.add(new Change.SetMode(path, mode, before.mode()));
                files.add(new ChangedFile(path, "mode", Optional.empty(), Optional.empty(), octal(mode)));
            }
            try (Beneath below = lower.open(name)) {
                folder(path, below);
            }
            return;
        }
        if (!before.isAbsent()) {
            remove(path, before, lower.entry(name));
        }
        int filesBefore = files.size();
        newTree(path, upper);
        if (files.size() == filesBefore) {
            files.add(new ChangedFile(path + "/", "created", Optional.empty(), Optional.empty(), octal(mode)));
        }
        changes.add(new Change.Create(path));
    }

    /** Everything in a folder that the lower layer does not show is new. */
    private void newTree(String path, Path upper) throws IOException {
        OverlayMarks.strip(upper);
        sanitise(path, upper, FileKind.of(upper));
        for (Path child : entries(upper)) {
            String childPath = path + "/" + child.getFileName();
            FileKind kind = FileKind.of(child);
            switch (kind.type()) {
                case DIRECTORY -> newTree(childPath, child);
                case FILE -> created(childPath, child, sanitise(childPath, child, kind));
                case SYMLINK -> created(childPath, child, kind);
                case WHITEOUT -> Files.delete(child);
                case SPECIAL -> {
                    dropped.add(childPath + " is " + kind.words() + " and was not kept");
                    Files.delete(child);
                }
                case ABSENT -> throw new NoSuchFileException(child.toString());
            }
        }
    }

    private void file(String path, Path upper, FileKind after, Path lower, FileKind before) throws IOException {
        if (before.isDirectory()) {
            remove(path, before, lower);
            created(path, upper, after);
            changes.add(new Change.Create(path));
        } else if (before.isAbsent()) {
            created(path, upper, after);
            changes.add(new Change.Create(path));
        } else {
            replaced(path, upper, after, lower, before);
        }
        OverlayMarks.strip(upper);
    }

    private void replaced(String path, Path upper, FileKind after, Path lower, FileKind before) throws IOException {
        Optional<String> hashBefore = hash(lower, before);
        Optional<String> hashAfter = hash(upper, after);
        boolean sameContent = before.type() == after.type()
                && (after.isFile()
                        ? hashAfter.isPresent() && hashBefore.equals(hashAfter)
                        : Files.readSymbolicLink(upper).equals(Files.readSymbolicLink(lower)));
        if (!sameContent) {
            files.add(new ChangedFile(path, "modified", hashBefore, hashAfter, octal(after.mode())));
        } else if (after.mode() != before.mode()) {
            files.add(new ChangedFile(path, "mode", hashBefore, hashAfter, octal(after.mode())));
        }
        changes.add(new Change.Replace(path, after.inode()));
    }

    private void created(String path, Path upper, FileKind kind) throws IOException {
        OverlayMarks.strip(upper);
        files.add(new ChangedFile(path, "created", Optional.empty(), hash(upper, kind), octal(kind.mode())));
    }

    private void remove(String path, FileKind before, Path lower) throws IOException {
        if (before.isAbsent()) {
            return;
        }
        changes.add(new Change.Remove(path));
        listDeleted(path, before, lower);
    }

    private void listDeleted(String path, FileKind before, Path lower) throws IOException {
        if (!before.isDirectory()) {
            files.add(new ChangedFile(path, "deleted", hash(lower, before), Optional.empty(), Optional.empty()));
            return;
        }
        List<Path> children = entries(lower);
        if (children.isEmpty()) {
            files.add(new ChangedFile(path + "/", "deleted", Optional.empty(), Optional.empty(), Optional.empty()));
        }
        for (Path child : children) {
            listDeleted(path + "/" + child.getFileName(), FileKind.of(child), child);
        }
    }

    private FileKind sanitise(String path, Path upper, FileKind kind) throws IOException {
        owner.claim(upper);
        if ((kind.mode() & SET_ID_BITS) == 0 || kind.isDirectory()) {
            return kind;
        }
        dropped.add("the set-id bits of " + path + " were not kept");
        Files.setAttribute(upper, "unix:mode", kind.mode() & ~SET_ID_BITS);
        return FileKind.of(upper);
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        entries.sort((one, other) -> Arrays.compare(
                one.getFileName().toString().toCharArray(),
                other.getFileName().toString().toCharArray()));
        return entries;
    }

    /** The SHA-256 of a regular file; empty for anything else and for a file that its owner cannot read. */
    private static Optional<String> hash(Path file, FileKind kind) throws IOException {
        if (!kind.isFile()) {
            return Optional.empty();
        }
        try (DigestInputStream in = new DigestInputStream(
                Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS), sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Optional.of(HexFormat.of().formatHex(in.getMessageDigest().digest()));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Optional<String> octal(int mode) {
        return Optional.of("%04o".formatted(mode));
    }
}
