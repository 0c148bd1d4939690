package dev.patchferry.runner.workspace;

import dev.patchferry.runner.plan.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The files of a workspace as a patch sees them while nothing is mounted: the upper layer over the lower one, by the
 * rules of overlayfs, so that commands see later what was written here and the other way round.
 *
 * <p>Without a lower layer the upper one is the workspace itself. Every component of a path is opened beneath its
 * layer; links are never followed. Not safe for use by several threads.
 */
final class LayeredTree {
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final Path upperRoot;
    private final @Nullable Path lowerRoot;
    private final Owner owner;

    LayeredTree(Path upperRoot, @Nullable Path lowerRoot, Owner owner) {
        this.upperRoot = upperRoot;
        this.lowerRoot = lowerRoot;
        this.owner = owner;
    }

    /** What stands at a path. */
    FileKind kind(WorkspacePath path) throws IOException {
        try (Place place = find(path)) {
            return place.visible();
        }
    }

    /**
     * The content of a file.
     *
     * @throws FileSystemException if there is no such file or it is something else
     */
    InputStream open(WorkspacePath path) throws IOException {
        try (Place place = find(path)) {
            requireFile(path, place.visible());
            return Files.newInputStream(place.visiblePath(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /**
     * The bytes of a file of at most {@code limit} bytes.
     *
     * @throws FileSystemException if there is no such file, it is something else or longer
     */
    byte[] read(WorkspacePath path, int limit) throws IOException {
        try (InputStream content = open(path)) {
            byte[] bytes = content.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new FileSystemException(
                        path.value(), null, "is longer than " + limit + " bytes, the most that is edited");
            }
            return bytes;
        }
    }

    /**
     * Puts a file in place, whole, with its folders. An existing file keeps its owner, and its mode unless another is given; it
     * is replaced, not written through, so that its other hard links keep their content.
     *
     * @throws FileSystemException if something other than a file stands there
     */
    void write(WorkspacePath path, InputStream content, OptionalInt mode) throws IOException {
        try (Place place = find(path)) {
            FileKind before = place.visible();
            if (!before.isAbsent()) {
                requireFile(path, before);
            }
            int after = mode.orElse(before.isAbsent() ? FILE_MODE : before.mode());
            Owner whose = before.isAbsent() ? owner : Owner.of(place.visiblePath());
            boolean copy = place.showsCopy();
            try (Beneath parent = makeUpperFolders(path)) {
                put(parent.entry(path.name()), content, copy, whose, after);
            } catch (FileSystemException e) {
                throw new FileSystemException(path.value(), null, "cannot be written: " + FileTrouble.problem(e));
            }
        }
    }

    /**
     * Takes a file away.
     *
     * @throws FileSystemException if there is none or it is something else
     */
    void delete(WorkspacePath path) throws IOException {
        try (Place place = find(path)) {
            requireFile(path, place.visible());
            try (Beneath parent = makeUpperFolders(path)) {
                Path entry = parent.entry(path.name());
                Files.deleteIfExists(entry);
                if (place.lowerShows()) {
                    NativeFiles.makeWhiteout(entry);
                }
            }
        }
    }

    /**
     * Makes sure that no other name stands in the way of a path that is about to be made.
     *
     * @param leaving a file that is about to go
     * @throws FileSystemException if one does
     */
    void requireNoTwinOf(WorkspacePath path, Optional<WorkspacePath> leaving) throws IOException {
        new Neighbours(upperRoot, lowerRoot).requireNoTwinOf(path, leaving);
    }

    private Place find(WorkspacePath path) throws IOException {
        return Place.find(path, upperRoot, lowerRoot);
    }

    private static void requireFile(WorkspacePath path, FileKind kind) throws FileSystemException {
        if (kind.isAbsent()) {
            throw new FileSystemException(path.value(), null, "does not exist");
        }
        if (!kind.isFile()) {
            throw new FileSystemException(path.value(), null, "is " + kind.words() + ", not a file");
        }
    }

    private static void put(Path entry, InputStream content, boolean copy, Owner owner, int mode) throws IOException {
        Path fresh = Files.createTempFile(
                entry.getParent(),
                ".ferry-",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (OutputStream out = Files.newOutputStream(fresh)) {
                content.transferTo(out);
            }
            if (copy) {
                OverlayMarks.markAsCopy(fresh);
            }
            owner.claim(fresh);
            Files.setAttribute(fresh, "unix:mode", mode);
            Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Opens the parent folder of a path in the upper layer, copying up or making what is missing. */
    private Beneath makeUpperFolders(WorkspacePath path) throws IOException {
        Beneath here = Beneath.root(upperRoot);
        StringBuilder reached = new StringBuilder();
        for (String segment : path.parents()) {
            reached.append(reached.isEmpty() ? "" : "/").append(segment);
            try (Beneath above = here) {
                makeUpperFolder(above.entry(segment), new WorkspacePath(reached.toString()));
                here = above.open(segment);
            }
        }
        return here;
    }

    private void makeUpperFolder(Path folder, WorkspacePath path) throws IOException {
        FileKind upper = FileKind.of(folder);
        if (upper.isDirectory()) {
            return;
        }
        boolean hidden = upper.type() == FileKind.Type.WHITEOUT;
        if (hidden) {
            Files.delete(folder);
        }
        Files.createDirectory(folder);
        try (Place place = find(path)) {
            Path lower =
                    place.lower() == null || hidden ? folder : place.lower().entry(place.name());
            boolean copied = FileKind.of(lower).isDirectory() && !lower.equals(folder);
            if (copied) {
                OverlayMarks.markAsCopy(folder);
            }
            (copied ? Owner.of(lower) : owner).claim(folder);
            Files.setAttribute(folder, "unix:mode", copied ? FileKind.of(lower).mode() : DIRECTORY_MODE);
        }
        if (hidden) {
            OverlayMarks.makeOpaque(folder);
        }
    }
}
