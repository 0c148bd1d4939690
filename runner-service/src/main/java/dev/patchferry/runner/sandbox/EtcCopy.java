package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may read of {@code /etc}, as a copy, for commands that run as root. Hiding the rest in place would not
 * last: a cover goes away with the file that it covers, when the machine replaces that. Safe for use by several threads.
 *
 * <p>Folders, files and links are as they are there; what not everybody may list or read is empty and closed, as is a
 * folder of those to be kept apart. Sockets and pipes are not there.
 */
final class EtcCopy {
    private static final Logger LOG = Logger.getLogger(EtcCopy.class);
    /** Whoever began with a copy keeps it to the end, which is no later than this. */
    private static final long KEPT = Duration.ofHours(2).toNanos();
    /** A look takes this share of the time at most, unless it is long since the last. */
    private static final int REST = 100;

    private static final long LONGEST_REST = Duration.ofSeconds(1).toNanos();

    private static final int READABLE = 04;
    private static final int LISTABLE = 05;

    private final Path source;
    private final Collection<Path> apart;
    private final Path standing;
    private final Deque<Old> old = new ArrayDeque<>();
    private @Nullable Copy copy;
    private int made;
    private long nextLook;

    /**
     * @param entries everything that was there
     */
    private record Copy(Path folder, Map<Path, FileStamp> entries) {
        boolean isUpToDate() throws IOException {
            for (Map.Entry<Path, FileStamp> entry : entries.entrySet()) {
                if (!entry.getValue().equals(FileStamp.of(entry.getKey()))) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Old(Path folder, long since) {}

    /**
     * @param apart folders that must not be copied
     * @param standing where copies are kept as long as the runner runs
     */
    EtcCopy(Path source, Collection<Path> apart, Path standing) {
        this.source = source;
        this.apart = List.copyOf(apart);
        this.standing = standing;
    }

    /** The folder with the copy; another one if anything changed before the last look, which is a second ago at most. */
    synchronized Path current() throws IOException {
        long start = System.nanoTime();
        Copy last = copy;
        if (last != null && start - nextLook < 0) {
            return last.folder();
        }
        if (last == null || !last.isUpToDate()) {
            dropOld(start);
            Copy next = copy();
            if (last != null) {
                old.add(new Old(last.folder(), start));
            }
            copy = next;
            last = next;
        }
        nextLook = System.nanoTime() + Math.min(LONGEST_REST, REST * (System.nanoTime() - start));
        return last.folder();
    }

    private void dropOld(long now) throws IOException {
        for (Old oldest = old.peek(); oldest != null && now - oldest.since() > KEPT; oldest = old.peek()) {
            Trees.delete(oldest.folder());
            old.remove();
        }
    }

    private Copy copy() throws IOException {
        made++;
        Path folder = Files.createDirectory(standing.resolve("etc-" + made));
        Map<Path, FileStamp> entries = new HashMap<>();
        copyFolder(source.toRealPath(), folder, entries);
        for (Path each : apart) {
            if (each.startsWith(source.toRealPath())) {
                Files.createDirectories(folder.resolve(source.toRealPath().relativize(each)));
            }
        }
        return new Copy(folder, entries);
    }

    private void copyFolder(Path from, Path to, Map<Path, FileStamp> entries) throws IOException {
        entries.put(from, FileStamp.of(from));
        try (DirectoryStream<Path> children = Files.newDirectoryStream(from)) {
            for (Path child : children) {
                FileStamp stamp = FileStamp.of(child);
                entries.put(child, stamp);
                try {
                    copy(child, stamp, to.resolve(child.getFileName().toString()), entries);
                } catch (NoSuchFileException | NotDirectoryException | NotLinkException e) {
                    LOG.debugf(e, "replaced while it was copied, which the next look finds path=%s", child);
                }
            }
        }
    }

    private void copy(Path from, FileStamp stamp, Path to, Map<Path, FileStamp> entries) throws IOException {
        switch (stamp.type()) {
            case FOLDER -> {
                Files.createDirectory(to);
                if ((stamp.mode() & LISTABLE) == LISTABLE && !apart.contains(from)) {
                    copyFolder(from, to, entries);
                }
                Files.setAttribute(to, "unix:mode", stamp.mode());
            }
            case FILE -> {
                if ((stamp.mode() & READABLE) == 0) {
                    closed(to);
                } else {
                    copyFile(from, stamp, to);
                }
            }
            case LINK -> Files.createSymbolicLink(to, Files.readSymbolicLink(from));
            case NONE, SOCKET_OR_PIPE, OTHER -> {
                // not for commands
            }
        }
    }

    /** What was replaced or closed to others while it was read stays closed; the next look finds that it changed. */
    private static void copyFile(Path from, FileStamp stamp, Path to) throws IOException {
        Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
        if (stamp.equals(FileStamp.of(from))) {
            Files.setAttribute(to, "unix:mode", stamp.mode());
        } else {
            Files.delete(to);
            closed(to);
        }
    }

    /** Empty, and for nobody to open: what is granted by name can be shown in its place. */
    private static void closed(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(Set.of()));
    }
}
