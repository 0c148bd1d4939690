package dev.patchferry.foundation.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Keeps folders at mode 0700 and files at 0600. */
public final class PrivateFolder {
    private static final Logger LOG = Logger.getLogger(PrivateFolder.class);
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> NEW_FOLDER = PosixFilePermissions.asFileAttribute(FOLDER);
    private static final FileAttribute<?> NEW_FILE = PosixFilePermissions.asFileAttribute(FILE);
    private static final int ROOT = 0;
    /** Behind the name and the real user id in {@code Uid:} of proc_pid_status(5). */
    private static final int EFFECTIVE = 2;

    private PrivateFolder() {}

    /**
     * Makes {@code FERRY_HOME}, or takes the one that is there: readable by others, it is tightened, and the log says so.
     *
     * @return the folder, links resolved
     * @throws IllegalStateException if it belongs to another user. One of root's is taken as it is, for example a volume
     *     that the system mounted: root can read it anyway
     */
    public static Path home(Path home) throws IOException {
        Path folder = create(home);
        int owner = owner(folder);
        int self = ownUser();
        if (owner != self && owner != ROOT) {
            throw new IllegalStateException("FERRY_HOME (" + folder + ") belongs to the user with id " + owner
                    + ", and this service runs as " + self
                    + ". Start it as that user, or set FERRY_HOME to a folder of its own.");
        }
        if (owner == self && !Files.getPosixFilePermissions(folder).equals(FOLDER)) {
            LOG.warnf(
                    "FERRY_HOME was open to others and is now readable by its owner alone folder=%s mode_before=%s",
                    folder, PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            Files.setPosixFilePermissions(folder, FOLDER);
        }
        return folder;
    }

    /** Makes a folder, and those above it, for its owner alone; what exists stays as it is. Links are resolved. */
    public static Path create(Path folder) throws IOException {
        return Files.createDirectories(folder.toAbsolutePath().normalize(), NEW_FOLDER)
                .toRealPath();
    }

    /** Makes an empty file for its owner alone, so that who opens it next does not choose its mode; or tightens it. */
    public static Path createFile(Path file) throws IOException {
        try {
            return Files.createFile(file, NEW_FILE);
        } catch (FileAlreadyExistsException e) {
            tighten(file);
            return file;
        }
    }

    /** Takes the rights of others away from a folder of ours and from the files right in it; links are not followed. */
    public static void tightenFiles(Path folder) throws IOException {
        tighten(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    tighten(file);
                }
            }
        }
    }

    private static void tighten(Path path) throws IOException {
        Set<PosixFilePermission> wanted = Files.isDirectory(path) ? FOLDER : FILE;
        if (!wanted.containsAll(Files.getPosixFilePermissions(path)) && owner(path) == ownUser()) {
            Files.setPosixFilePermissions(path, wanted);
        }
    }

    private static int ownUser() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.parseInt(line.split("\\s+", -1)[EFFECTIVE]))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }
}
