package dev.patchferry.system.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file system of its own in a folder, which a test fills and frees again. Only root can make one.
 *
 * @param path where it is mounted
 */
public record SmallDisk(Path path) implements AutoCloseable {
    private static final String BALLAST = ".ballast";
    private static final int RESERVE = 1 << 20;
    private static final int FEW = 100;
    private static final byte[] BLOCK = new byte[64 << 10];

    /**
     * Mounts one on a folder, which is made, and then belongs to root alone.
     *
     * @param size in bytes
     * @param files how many files and folders it has room for
     * @throws IOException if nothing can be mounted here
     */
    public static SmallDisk at(Path folder, long size, int files) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + size + ",nr_inodes=" + files, "none", folder.toString());
        return new SmallDisk(folder);
    }

    /** Whether somebody like this process may mount anything. */
    public static boolean canBeMade() throws IOException {
        try (Folder folder = Folder.create();
                SmallDisk _ = at(folder.path().resolve("disk"), BLOCK.length, 16)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes until there is no room for another byte. */
    public void fill() throws IOException {
        try (OutputStream out =
                Files.newOutputStream(path.resolve(BALLAST), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int size = BLOCK.length; size > 0; ) {
                size = isWritten(out, size) ? size : size / 2;
            }
        }
    }

    /** Leaves room for what a service has to write down. */
    public void fillNearly() throws IOException {
        fill();
        try (FileChannel ballast = FileChannel.open(path.resolve(BALLAST), StandardOpenOption.WRITE)) {
            ballast.truncate(Math.max(0, ballast.size() - RESERVE));
        }
    }

    private static boolean isWritten(OutputStream out, int size) {
        try {
            out.write(BLOCK, 0, size);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes files until there is no room for another one. */
    public void fillWithFiles() throws IOException {
        Path folder = Files.createDirectories(path.resolve(BALLAST + ".d"));
        try {
            for (int i = 0; ; i++) {
                Files.createFile(folder.resolve(String.valueOf(i)));
            }
        } catch (FileSystemException e) {
            // which was the aim
        }
    }

    /** The same, but for a few that a service needs. */
    public void fillNearlyWithFiles() throws IOException {
        fillWithFiles();
        for (int i = 0; i < FEW; i++) {
            Files.delete(path.resolve(BALLAST + ".d").resolve(String.valueOf(i)));
        }
    }

    /** Takes away what those above have made. */
    public void free() throws IOException {
        Files.deleteIfExists(path.resolve(BALLAST));
        Path folder = path.resolve(BALLAST + ".d");
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** At once for all new uses, and for good when nobody uses it any more. */
    @Override
    public void close() throws IOException {
        run("umount", "--lazy", path.toString());
    }

    private static void run(String... line) throws IOException {
        Command.Result result =
                Command.of(Environment.plain(), Path.of("/"), line).run();
        if (result.exitCode() != 0) {
            throw new IOException(line[0] + ": " + result.err());
        }
    }
}
