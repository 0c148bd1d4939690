package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.engine.plan.BlobId;
import dev.patchferry.runner.git.IndexStats;
import dev.patchferry.runner.git.IndexStats.IndexedFile;
import dev.patchferry.runner.git.IndexStats.IndexedStat;
import dev.patchferry.runner.workspace.commit.TreeSnapshot.Item;
import dev.patchferry.runner.workspace.fs.Descriptors;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Brings an index of git up to date that a commit has brought: in the sandbox, and before its files were moved,
 * git saw other times, numbers and owners of files than there are now, so that {@code git diff-index} would take each for
 * changed. No git runs for this, and nothing that a repository configures; a file counts as unchanged if its content has
 * the name that the index gives it, or if nothing was changed in it since git looked.
 *
 * <p>Left as they are: indexes of submodules and linked worktrees, and files whose content a filter changes.
 */
final class IndexRefresh {
    private static final Logger LOG = Logger.getLogger(IndexRefresh.class);
    private static final String INDEX = ".git/index";
    private static final EntryName LOCK = EntryName.of("index.lock");
    private static final EntryName FRESH = EntryName.of("index");
    private static final int MAX_INDEX_BYTES = 128 << 20;
    private static final int MAX_LOOKS = 100_000;
    private static final long MAX_READ_BYTES = 128L << 20;

    private final Path folder;
    private final DirectoryHandle root;
    private final CommitManifest commitManifest;
    private final Set<String> changed = new HashSet<>();
    private final SortedMap<String, Item> items;
    private final Map<String, String> refreshed = new HashMap<>();
    private int looks;
    private long read;

    /**
     * For one commit whose changes are in the workspace.
     *
     * @param folder of the transaction
     * @param root of the workspace
     */
    IndexRefresh(Path folder, DirectoryHandle root, CommitManifest commitManifest) {
        this.folder = folder;
        this.root = root;
        this.commitManifest = commitManifest;
        this.items = new TreeMap<>(commitManifest.after().inventory().items());
        commitManifest.files().stream().map(ChangedFile::path).forEach(changed::add);
    }

    /** What the commit has left, with the indexes as they are now. */
    TreeSnapshot inventory() {
        return new TreeSnapshot(items);
    }

    /** The indexes that were replaced, with their SHA-256. */
    Map<String, String> refreshed() {
        return Map.copyOf(refreshed);
    }

    /** Does it. If it cannot be done the commit is as good; git only looks at more files the next time. */
    void run() {
        for (ChangedFile file : commitManifest.files()) {
            boolean isIndex = file.path().equals(INDEX) || file.path().endsWith("/" + INDEX);
            if (isIndex && file.afterSha256().isPresent()) {
                try {
                    refresh(file.path());
                } catch (IOException e) {
                    LOG.warnf(e, "an index of git is not refreshed path=%s", file.path());
                }
            }
        }
    }

    private void refresh(String path) throws IOException {
        try (EntryLocation place = EntryLocation.of(root, path)) {
            FileStat kind = place.stat();
            if (!kind.isFile()
                    || kind.size() > MAX_INDEX_BYTES
                    || !place.parent().stat(LOCK).isAbsent()) {
                return;
            }
            Optional<IndexStats> stats = IndexStats.of(content(place));
            if (stats.isPresent() && update(stats.get(), path.substring(0, path.length() - INDEX.length()), path)) {
                replace(place, kind, stats.get().bytes(), path);
            }
        }
    }

    private boolean update(IndexStats stats, String top, String path) throws IOException {
        Map<String, IndexedFile> known = new HashMap<>();
        Optional<IndexStats> old = old(path);
        old.ifPresent(before -> before.files().forEach(file -> known.put(file.path(), file)));
        boolean updated = false;
        for (IndexedFile file : stats.files()) {
            IndexedFile before = known.get(file.path());
            boolean isOwn = changed.contains(top + file.path());
            boolean isAsBefore = before != null && stats.isSame(file, old.orElseThrow(), before);
            if (isOwn || (!isAsBefore && ++looks <= MAX_LOOKS)) {
                updated |= update(stats, file, top + file.path(), isOwn);
            }
        }
        return updated;
    }

    /** The index that was there before; empty if there was none. */
    private Optional<IndexStats> old(String path) throws IOException {
        try (StagedFiles staged = Staging.of(folder).open();
                EntryLocation place = EntryLocation.of(staged.fresh(), path)) {
            FileStat kind = place.stat();
            return kind.isFile() && kind.size() <= MAX_INDEX_BYTES ? IndexStats.of(content(place)) : Optional.empty();
        }
    }

    private boolean update(IndexStats stats, IndexedFile file, String path, boolean isOwn) throws IOException {
        try (EntryLocation place = EntryLocation.of(root, path)) {
            FileStat kind = place.stat();
            if (kind.type() != (file.isLink() ? FileStat.Type.SYMLINK : FileStat.Type.FILE)) {
                return false;
            }
            IndexedStat stat = stat(kind);
            boolean isUnchanged = stats.hasLengthAndTime(file, stat)
                    && (isOwn ? hasContent(place, kind, file) : stats.hasChangeTime(file, stat));
            return isUnchanged && stats.refresh(file, stat);
        } catch (AccessDeniedException | NativeFiles.LeavesTheRoot e) {
            return false;
        }
    }

    private boolean hasContent(EntryLocation place, FileStat kind, IndexedFile file) throws IOException {
        if (read + kind.size() > MAX_READ_BYTES) {
            return false;
        }
        read += kind.size();
        byte[] content;
        try (EntryHandle entry = place.open()) {
            content = file.isLink() ? entry.linkTarget() : content(place);
        }
        return BlobId.of(content, file.id().length()).equals(file.id());
    }

    private static IndexedStat stat(FileStat kind) {
        return new IndexedStat(
                kind.changed().toInstant(),
                kind.modified().toInstant(),
                kind.device(),
                kind.inode(),
                kind.owner().uid(),
                kind.owner().gid(),
                kind.size());
    }

    /**
     * Puts the index in place in one step, unless somebody else has put another one there meanwhile. What the commit leaves
     * is written down as unknown before, so that recovery after a crash takes either.
     */
    private void replace(EntryLocation place, FileStat kind, byte[] content, String path) throws IOException {
        items.put(path, new Item(FileStat.Type.FILE, kind.mode(), Optional.empty()));
        commitManifest
                .withGoal(
                        Direction.FORWARD,
                        new CommitManifest.Side(
                                inventory(), commitManifest.after().folders()))
                .save(folder);
        try (StagedFiles staged = Staging.of(folder).open()) {
            DirectoryHandle beside = staged.removed();
            if (!beside.stat(FRESH).isAbsent()) {
                beside.unlink(FRESH);
            }
            try (EntryHandle fresh = beside.makeFile(FRESH)) {
                write(fresh, content, kind);
            }
            beside.exchange(FRESH, place.parent(), place.name());
            if (isReplaced(beside.stat(FRESH), kind)) {
                String hash = Sha256.of(new ByteArrayInputStream(content));
                items.put(path, new Item(FileStat.Type.FILE, kind.mode(), Optional.of(hash)));
                refreshed.put(path, hash);
            } else {
                beside.exchange(FRESH, place.parent(), place.name());
            }
            beside.unlink(FRESH);
        }
    }

    private static boolean isReplaced(FileStat old, FileStat expected) {
        return old.isSameInodeAs(expected)
                && old.size() == expected.size()
                && old.modified().equals(expected.modified());
    }

    /** On disk before it is in place. Its time stays the one by which git knows which files it may have seen too early. */
    private static void write(EntryHandle fresh, byte[] content, FileStat like) throws IOException {
        try (FileChannel out =
                FileChannel.open(Path.of(Descriptors.path(fresh.descriptor())), Set.of(StandardOpenOption.WRITE))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            fresh.claim(like.owner());
            fresh.setMode(like.mode());
            fresh.setModified(like.modified());
            out.force(true);
        }
    }

    private static byte[] content(EntryLocation place) throws IOException {
        try (EntryHandle entry = place.open();
                InputStream in = entry.read()) {
            return in.readNBytes(MAX_INDEX_BYTES);
        }
    }
}
