package dev.patchferry.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder that every user of the machine may enter; gone, with all that is in it, when closed. */
public record Folder(Path path) implements AutoCloseable {

    public static Folder create() throws IOException {
        Path path = Files.createTempDirectory("ferry test ");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Folder(path.toRealPath());
    }

    /** Gives it to a user, given as a number, with all that is in it. */
    public void giveTo(int user) throws IOException {
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : (Iterable<Path>) tree::iterator) {
                Files.setAttribute(each, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(each, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
