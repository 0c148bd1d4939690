package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The sockets and pipes below folders that commands see: through them a command would talk to a process outside, though it
 * can only read the folder. Safe for use by several threads.
 *
 * <p>Sockets that were bound in this network namespace are known from the kernel, each time. Others, and pipes, are looked
 * for: at the start, and in the background after that. A look goes through so many entries at most, and leaves out
 * {@code /usr} but for {@code /usr/local}: distributions put none there.
 */
final class SpecialFiles {
    private static final Logger LOG = Logger.getLogger(SpecialFiles.class);
    private static final Pattern BOUND = Pattern.compile("\\S+: (?:\\S+ +){5}\\d+ (/.*)");
    private static final Path SYSTEM = Path.of("/usr");
    private static final int MOST_ENTRIES = 50_000;
    private static final int MOST_FOUND = 1_000;
    private static final long BETWEEN_LOOKS = Duration.ofMinutes(1).toNanos();

    private final Path table;
    private final Set<Path> leftOut;
    private final Map<Path, Look> looks = new ConcurrentHashMap<>();
    private volatile Bound bound = new Bound(Set.of(), List.of());

    /** What was found below a folder, and when. */
    private record Look(List<Path> found, long time) {}

    /** Names of sockets, and where those are that are there. */
    private record Bound(Set<String> names, List<Path> places) {}

    /**
     * @param table the kernel's list of sockets, as {@code /proc/net/unix} (proc_net(5))
     * @param leftOut folders that are hidden anyway
     */
    SpecialFiles(Path table, Collection<Path> leftOut) {
        this.table = table;
        this.leftOut = Set.copyOf(leftOut);
    }

    /** Where the sockets of this network namespace are, now. */
    List<Path> sockets() throws IOException {
        return bound().places();
    }

    /**
     * What is there now, each with what tells it from another one that takes its place.
     *
     * @param folder with its links resolved
     * @param sockets as they are now
     * @throws FileSystemException if it is more than can be hidden
     */
    Map<Path, Object> below(Path folder, List<Path> sockets) throws IOException {
        Map<Path, Object> found = new TreeMap<>();
        Stream.concat(look(folder).found().stream(), sockets.stream())
                .filter(path -> path.startsWith(folder))
                .forEach(path -> identity(path).ifPresent(identity -> found.put(path, identity)));
        if (found.size() > MOST_FOUND) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "holds more than " + MOST_FOUND
                            + " sockets and pipes, which would have to be hidden from commands");
        }
        return found;
    }

    /** Nothing for what is gone, or of another kind now. */
    private static Optional<Object> identity(Path path) {
        try {
            FileStamp stamp = FileStamp.of(path);
            return stamp.type() == FileStamp.Type.SOCKET_OR_PIPE ? Optional.of(stamp) : Optional.empty();
        } catch (IOException e) {
            LOG.debugf(e, "cannot be looked at path=%s", path);
            return Optional.empty();
        }
    }

    private Bound bound() throws IOException {
        Set<String> names = new String(Files.readAllBytes(table), StandardCharsets.UTF_8)
                .lines()
                .map(BOUND::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        Bound last = bound;
        if (!names.equals(last.names())) {
            last = new Bound(
                    names, names.stream().flatMap(name -> real(name).stream()).toList());
            bound = last;
        }
        return last;
    }

    /** Nothing for a socket of another mount namespace, or whose name is no path of this one. */
    private static List<Path> real(String name) {
        try {
            return List.of(Path.of(name).toRealPath());
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }

    private Look look(Path folder) {
        Look look = looks.computeIfAbsent(folder, this::walk);
        if (System.nanoTime() - look.time() > BETWEEN_LOOKS
                && looks.replace(folder, look, new Look(look.found(), System.nanoTime()))) {
            Thread.ofPlatform().daemon().name("special-files").start(() -> looks.put(folder, walk(folder)));
        }
        return look;
    }

    private Look walk(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            Path top = folder.equals(SYSTEM) ? SYSTEM.resolve("local") : folder;
            Files.walkFileTree(top, new Visitor(top, found));
        } catch (IOException e) {
            LOG.debugf(e, "not all of a folder can be looked at for sockets and pipes folder=%s", folder);
        }
        return new Look(found, System.nanoTime());
    }

    /** Goes on past what may not be read: commands may not read it either. */
    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path top;
        private final List<Path> found;
        private int entries;

        Visitor(Path top, List<Path> found) {
            this.top = top;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return leftOut.contains(folder) && !folder.equals(top) ? FileVisitResult.SKIP_SUBTREE : counted();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isOther()) {
                found.add(file);
            }
            return counted();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return counted();
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult counted() {
            entries++;
            if (entries == MOST_ENTRIES) {
                LOG.warnf("only %d entries are looked at for sockets and pipes folder=%s", MOST_ENTRIES, top);
            }
            return entries < MOST_ENTRIES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }
    }
}
