package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.contract.Receipt.HiddenFile;
import dev.patchferry.runner.diff.FileSide;
import dev.patchferry.runner.diff.FileSide.Content;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.RawName;
import dev.patchferry.runner.workspace.fs.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is in the files of a change set: read beneath their layer, no further than a diff can show, or known by hash. */
final class LayerContent {
    private static final int MAX_BYTES = 4 << 20;

    private final Map<String, Hashes> hashes = new HashMap<>();

    /** By what the change set already knows. */
    LayerContent(Iterable<ChangedFile> files) {
        files.forEach(file -> hashes.put(file.path(), new Hashes(file.beforeSha256(), file.afterSha256())));
    }

    private record Hashes(Optional<String> before, Optional<String> after) {
        private static final Hashes NONE = new Hashes(Optional.empty(), Optional.empty());
    }

    /** The bytes of a file, or why they are not shown. */
    Content of(LayerNode file) throws IOException {
        if (file.kind().size() > MAX_BYTES) {
            return new FileSide.Unknown("too_large");
        }
        try (EntryHandle held = file.open();
                InputStream in = held.read()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES ? new FileSide.Unknown("too_large") : new FileSide.Known(bytes);
        } catch (AccessDeniedException e) {
            return new FileSide.Unknown("unreadable");
        }
    }

    /** The target of a link. */
    static byte[] target(LayerNode link) throws IOException {
        try (EntryHandle held = link.open()) {
            return held.linkTarget();
        }
    }

    /** The SHA-256 of a file; empty if it cannot be read. */
    static Optional<String> hash(LayerNode file) throws IOException {
        try (EntryHandle held = file.open();
                InputStream in = held.read()) {
            return Optional.of(Sha256.of(in));
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    /** Whether reading the change set found a file's content unchanged; empty if that is to be found out. */
    Optional<Boolean> isKnownSame(LayerNode before, LayerNode after) {
        if (before.kind().size() != after.kind().size()) {
            return Optional.empty();
        }
        Hashes known = hashes.get(text(before));
        if (known == null) {
            // Not worth a line: the same bytes, written anew.
            return Optional.of(true);
        }
        return known.before().isPresent() && known.after().isPresent()
                ? Optional.of(known.before().equals(known.after()))
                : Optional.empty();
    }

    /** How a file is listed of which not everything is shown. */
    HiddenFile hidden(String name, String why, @Nullable LayerNode before, @Nullable LayerNode after)
            throws IOException {
        return new HiddenFile(name, why, size(before), hash(before, true), size(after), hash(after, false));
    }

    private static Optional<Long> size(@Nullable LayerNode node) {
        return Optional.ofNullable(node).map(there -> there.kind().size());
    }

    private Optional<String> hash(@Nullable LayerNode node, boolean before) throws IOException {
        if (node == null || !node.kind().isFile()) {
            return Optional.empty();
        }
        Hashes known = hashes.getOrDefault(text(node), Hashes.NONE);
        Optional<String> hash = before ? known.before() : known.after();
        return hash.isPresent() ? hash : hash(node);
    }

    private static String text(LayerNode node) {
        return PathText.of(RawName.of(node.path()));
    }
}
