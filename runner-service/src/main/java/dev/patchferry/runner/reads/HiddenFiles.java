package dev.patchferry.runner.reads;

import dev.patchferry.runner.git.TrackedPaths;
import dev.patchferry.runner.workspace.fs.ReadableFolder;
import dev.patchferry.runner.workspace.fs.ReadableFolder.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * Files that usually hold credentials. Unless git tracks them, they are neither listed, read nor searched: for a reader they
 * do not exist. Commands do see them. For one thread.
 */
final class HiddenFiles {
    private static final List<String> USUAL = List.of(
            ".env",
            ".env.*",
            "!.env.example",
            "!.env.sample",
            "!.env.template",
            "*.pem",
            "*.key",
            "id_rsa*",
            "id_ed25519*",
            ".netrc");
    private static final int MAX_INDEX = 256 << 20;
    private static final IgnoreNode PATTERNS = patterns();

    private final ReadableFolder root;
    private Optional<TrackedPaths> tracked = Optional.empty();

    private HiddenFiles(ReadableFolder root) {
        this.root = root;
    }

    /**
     * Those below a workspace's root.
     *
     * @param root stays open for as long as this is asked; its index is read when a name matches for the first time
     */
    static HiddenFiles in(ReadableFolder root) {
        return new HiddenFiles(root);
    }

    boolean isHidden(String path) {
        return Boolean.TRUE.equals(PATTERNS.checkIgnored(path, /* isDirectory= */ false)) && !isTracked(path);
    }

    private boolean isTracked(String path) {
        if (tracked.isEmpty()) {
            tracked = Optional.of(tracked(root));
        }
        return tracked.get().has(path);
    }

    private static TrackedPaths tracked(ReadableFolder root) {
        try (ReadableFolder git = root.open(".git")) {
            if (git.entry("index").kind() != Kind.FILE) {
                return TrackedPaths.NONE;
            }
            byte[] index = git.read("index", MAX_INDEX);
            return index.length > MAX_INDEX ? TrackedPaths.NONE : TrackedPaths.of(index);
        } catch (FileSystemException e) {
            // No repository, or none that the runner may look into: nothing is known to be tracked.
            return TrackedPaths.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IgnoreNode patterns() {
        try {
            IgnoreNode node = new IgnoreNode();
            byte[] lines = String.join("\n", USUAL).getBytes(StandardCharsets.UTF_8);
            node.parse(new ByteArrayInputStream(lines));
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
