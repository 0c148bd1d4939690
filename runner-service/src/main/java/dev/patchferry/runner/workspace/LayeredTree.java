package dev.patchferry.runner.workspace;

import dev.patchferry.runner.plan.WorkspacePath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
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
     * The bytes of a file of at most {@code limit} bytes.
     *
     * @throws FileSystemException if there is no such file, it is something else or longer
     */
    byte[] read(WorkspacePath path, long limit) throws IOException {
        try (Place place = find(path)) {
            FileKind kind = place.visible();
            requireFile(path, kind);
            if (kind.size() > limit) {
                throw new FileSystemException(
                        path.value(), null, "is " + kind.size() + " bytes; the most that is edited is " + limit);
            }
            return Files.readAllBytes(place.visiblePath());
        }
    }

    /**
     * Puts a file in place, whole, with its folders. An existing file keeps its mode unless another is given, and is
     * replaced, not written through, so that its other hard links keep their content.
     *
     * @throws FileSystemException if something other than a file stands there
     */
    void write(WorkspacePath path, byte[] content, OptionalInt mode) throws IOException {
        try (Place place = find(path)) {
            FileKind before = place.visible();
            if (!before.isAbsent()) {
                requireFile(path, before);
            }
            int after = mode.orElse(before.isAbsent() ? FILE_MODE : before.mode());
            try (Beneath parent = makeUpperFolders(path)) {
                put(parent, path.name(), content, after);
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

    private static void requireFile(WorkspacePath path, FileKind kind) throws FileSystemException {
        if (kind.isAbsent()) {
            throw new FileSystemException(path.value(), null, "does not exist");
        }
        if (!kind.isFile()) {
            throw new FileSystemException(path.value(), null, "is " + kind.words() + ", not a file");
        }
    }

    private void put(Beneath parent, String name, byte[] content, int mode) throws IOException {
        Path fresh = Files.createTempFile(
                parent.entry("."),
                ".ferry-",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(fresh, content, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            owner.claim(fresh);
            Files.setAttribute(fresh, "unix:mode", mode);
            Files.move(fresh, parent.entry(name), StandardCopyOption.ATOMIC_MOVE);
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
        FileKind lower;
        try (Place place = find(path)) {
            lower = place.visible();
        }
        boolean hidden = upper.type() == FileKind.Type.WHITEOUT;
        if (hidden) {
            Files.delete(folder);
        }
        Files.createDirectory(folder);
        owner.claim(folder);
        Files.setAttribute(folder, "unix:mode", lower.isDirectory() ? lower.mode() : DIRECTORY_MODE);
        if (hidden) {
            OverlayMarks.makeOpaque(folder);
        }
    }

    /** Looks a path up through both layers, folder by folder. */
    private Place find(WorkspacePath path) throws IOException {
        Beneath upper = Beneath.root(upperRoot);
        Beneath lower = lowerRoot == null ? null : Beneath.root(lowerRoot);
        try {
            for (String segment : path.parents()) {
                FileKind above = upper == null ? FileKind.ABSENT : FileKind.of(upper.entry(segment));
                FileKind below = lower == null ? FileKind.ABSENT : FileKind.of(lower.entry(segment));
                boolean upperGoesOn = isFolder(path, segment, above);
                boolean lowerGoesOn = !hides(upper, segment, above) && isFolder(path, segment, below);
                upper = step(upper, segment, upperGoesOn);
                lower = step(lower, segment, lowerGoesOn);
            }
            return new Place(upper, lower, path.name());
        } catch (IOException | RuntimeException e) {
            closeAll(upper, lower);
            throw e;
        }
    }

    /** Whether what the upper layer has under this name hides the lower layer's entry. */
    private static boolean hides(@Nullable Beneath upper, String segment, FileKind above) throws IOException {
        return switch (above.type()) {
            case ABSENT -> false;
            case DIRECTORY -> upper != null && OverlayMarks.isOpaque(upper.entry(segment));
            case FILE, SYMLINK, WHITEOUT, SPECIAL -> true;
        };
    }

    private static boolean isFolder(WorkspacePath path, String segment, FileKind kind) throws FileSystemException {
        return switch (kind.type()) {
            case DIRECTORY -> true;
            case ABSENT, WHITEOUT -> false;
            case FILE, SYMLINK, SPECIAL ->
                throw new FileSystemException(
                        path.value(), null, "`" + segment + "` on the way to it is " + kind.words() + ", not a folder");
        };
    }

    private static @Nullable Beneath step(@Nullable Beneath from, String segment, boolean goOn) throws IOException {
        if (from == null) {
            return null;
        }
        try (from) {
            return goOn ? from.open(segment) : null;
        }
    }

    private static void closeAll(@Nullable Beneath... folders) {
        for (Beneath folder : folders) {
            if (folder != null) {
                folder.close();
            }
        }
    }

    /** The parent folders of a path in both layers, where they exist and show. */
    private record Place(@Nullable Beneath upper, @Nullable Beneath lower, String name) implements AutoCloseable {
        FileKind visible() throws IOException {
            FileKind above = upper == null ? FileKind.ABSENT : FileKind.of(upper.entry(name));
            return switch (above.type()) {
                case WHITEOUT -> FileKind.ABSENT;
                case ABSENT -> below();
                case FILE, DIRECTORY, SYMLINK, SPECIAL -> above;
            };
        }

        Path visiblePath() throws IOException {
            if (upper != null && !FileKind.of(upper.entry(name)).isAbsent()) {
                return upper.entry(name);
            }
            if (lower == null) {
                throw new FileSystemException(name, null, "does not exist");
            }
            return lower.entry(name);
        }

        boolean lowerShows() throws IOException {
            return !below().isAbsent();
        }

        private FileKind below() throws IOException {
            return lower == null ? FileKind.ABSENT : FileKind.of(lower.entry(name));
        }

        @Override
        public void close() {
            closeAll(upper, lower);
        }
    }
}
