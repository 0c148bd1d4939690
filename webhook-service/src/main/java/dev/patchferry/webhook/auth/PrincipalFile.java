package dev.patchferry.webhook.auth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The file of principals (docs/operations.md has its form). Whoever reads it finds the old content or the new one; those
 * who change it take turns.
 */
record PrincipalFile(Path path) {
    private static final int MAX_BYTES = 1 << 20;
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    PrincipalFile {
        path = path.toAbsolutePath();
    }

    /** The one of this configuration: named outright, or in {@code FERRY_HOME/tokens/}. */
    static PrincipalFile of(Optional<Path> given, Path home) {
        return new PrincipalFile(given.orElseGet(() -> home.resolve("tokens").resolve("principals.json")));
    }

    Path folder() {
        return Objects.requireNonNull(path.getParent());
    }

    /** Makes the folder if need be, so that it can be watched before there is a file in it. */
    void prepare() {
        try {
            Files.createDirectories(folder(), FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is in it; nobody if it does not exist.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    PrincipalList read() throws IOException {
        if (!Files.exists(path)) {
            return PrincipalList.EMPTY;
        }
        try (InputStream content = Files.newInputStream(path)) {
            byte[] json = content.readNBytes(MAX_BYTES + 1);
            if (json.length > MAX_BYTES) {
                throw new IOException("longer than 1 MiB");
            }
            return PrincipalList.parse(json);
        } catch (IOException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Changes it, unless the change comes to nothing.
     *
     * @return whether something was changed
     */
    boolean change(Function<PrincipalList, Optional<PrincipalList>> change) throws IOException {
        prepare();
        Path turn = folder().resolve("principals.lock");
        try (FileChannel channel =
                        FileChannel.open(turn, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FILE);
                FileLock lock = channel.lock()) {
            Objects.requireNonNull(lock);
            Optional<PrincipalList> changed = change.apply(read());
            if (changed.isPresent()) {
                write(changed.get());
            }
            return changed.isPresent();
        }
    }

    private void write(PrincipalList list) throws IOException {
        Path fresh = Files.createTempFile(folder(), ".principals", "", FILE);
        try {
            Files.write(fresh, list.json());
            try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
