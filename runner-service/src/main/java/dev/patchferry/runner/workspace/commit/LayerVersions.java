package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.git.Versions;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.PathText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The files of two layers, of which the upper one is not used by any command any more. Files over 128 MiB are not read. */
public final class LayerVersions implements Versions {
    static final int MOST_BYTES = 128 << 20;

    private final Path lower;
    private final Path upper;
    private final Set<String> written;
    private final Set<String> deleted;

    public LayerVersions(Path lower, Path upper, Collection<ChangedFile> files) {
        this.lower = lower;
        this.upper = upper;
        this.written = paths(files, "created", "modified", "mode");
        this.deleted = paths(files, "deleted");
    }

    private static Set<String> paths(Collection<ChangedFile> files, String... changes) {
        return files.stream()
                .filter(file -> Set.of(changes).contains(file.change()))
                .map(ChangedFile::path)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<byte[]> before(String path) throws IOException {
        return read(lower.resolve(PathText.path(path)));
    }

    @Override
    public Optional<byte[]> after(String path) throws IOException {
        if (written.contains(path)) {
            return read(upper.resolve(PathText.path(path)));
        }
        return deleted.contains(path) ? Optional.empty() : read(lower.resolve(PathText.path(path)));
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        FileStat kind = FileStat.of(file);
        if (!kind.isFile()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            // One byte more than is looked at tells that there is more.
            return Optional.of(in.readNBytes(MOST_BYTES + 1));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }
}
