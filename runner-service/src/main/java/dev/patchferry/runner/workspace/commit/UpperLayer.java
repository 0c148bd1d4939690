package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.AccessLists;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.OverlayXattrs;
import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.Sha256;
import dev.patchferry.runner.workspace.fs.SpecialBits;
import dev.patchferry.runner.workspace.fs.TemporaryPermissions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the upper layer of an overlay that nobody uses any more into a {@link ChangeSet}, and makes it fit to be moved:
 * marks of overlayfs, special files and access control lists are taken off, and whatever is new belongs to the owner. A
 * file with a set-id bit is refused ({@link SpecialBits}). Both layers are gone through by descriptors: even somebody who
 * still swaps names there leads nothing out.
 *
 * <p>The cost is that of the change, not of the workspace: lower folders are only opened where the upper layer has them.
 */
public final class UpperLayer {
    private static final int OWNER_ALL = 0700;
    /** So that a path of it, with a name beside it, is one that every tool takes (PATH_MAX). */
    private static final int MAX_PATH_BYTES = 3_840;

    private final ChangeSetDraft draft = new ChangeSetDraft();
    private final NewEntries fresh;
    private final Recency recency;
    private final Map<String, Identity> seen;

    private UpperLayer(Owner owner, Recency recency, Map<String, Identity> seen) {
        this.fresh = new NewEntries(owner, draft);
        this.recency = recency;
        this.seen = seen;
    }

    /**
     * Reads.
     *
     * @param recency since the patch began
     * @param seen the lower folders that are known to be those that the patch changed
     */
    public static ChangeSet read(
            DirectoryHandle upper, DirectoryHandle lower, Owner owner, Recency recency, Map<String, Identity> seen)
            throws IOException {
        UpperLayer layer = new UpperLayer(owner, recency, seen);
        layer.draft.base("", lower.kind());
        layer.ownFolder(upper, lower);
        layer.folder("", upper, lower);
        return layer.draft.changeSet();
    }

    /** The workspace's own folder keeps its mode. A bit that says more than who has access is not left out unseen. */
    private void ownFolder(DirectoryHandle upper, DirectoryHandle lower) throws IOException {
        int after = upper.now().mode();
        int before = lower.now().mode();
        SpecialBits.refuse(Identities.ROOT_IN_WORDS, after & ~before, "the workspace's own folder keeps its mode");
        if (after != before) {
            draft.dropped("the mode of the workspace's own folder was not kept");
        }
    }

    /** A folder that both layers have, and that stays. The upper one is not moved, so its own mode matters no more. */
    private void folder(String path, DirectoryHandle upper, DirectoryHandle lower) throws IOException {
        upper.requireReachable();
        upper.setMode(upper.now().mode() | OWNER_ALL);
        for (EntryName name : upper.sortedList()) {
            String childPath = path.isEmpty() ? name.toString() : path + "/" + name;
            requireShort(childPath);
            try (EntryHandle entry = upper.entry(name)) {
                entry(new Found(childPath, upper, name, entry), lower);
            }
        }
    }

    static void requireShort(String path) throws FileSystemException {
        if (PathText.bytes(path).length > MAX_PATH_BYTES) {
            throw new FileSystemException(
                    PathText.shownIn(path.substring(0, Math.min(path.length(), 200))) + "…",
                    null,
                    "is a path of more than " + MAX_PATH_BYTES
                            + " bytes; make its folders less deep or their names shorter");
        }
    }

    /** An entry of the upper layer, where it is, and held open. */
    record Found(String path, DirectoryHandle folder, EntryName name, EntryHandle entry) {
        FileStat kind() {
            return entry.kind();
        }
    }

    private void entry(Found upper, DirectoryHandle lower) throws IOException {
        FileStat after = upper.kind();
        FileStat before = lower.stat(upper.name());
        if (before.isAbsent() && (after.isFile() || after.isDirectory()) && OverlayXattrs.isCopy(upper.entry())) {
            draft.originalGone(after.isDirectory() ? upper.path() + "/" : upper.path());
        }
        switch (after.type()) {
            case WHITEOUT -> remove(upper, lower, before);
            case DIRECTORY -> {
                if (before.isDirectory() && !isOpaque(upper.entry())) {
                    try (DirectoryHandle below = lower.child(upper.name())) {
                        mergedFolder(upper, below);
                    }
                } else {
                    newFolder(upper, lower, before);
                }
            }
            case FILE, SYMLINK -> file(upper, lower, before);
            case SPECIAL -> {
                draft.dropped(upper.path() + " is " + after.words() + " and was not kept");
                remove(upper, lower, before);
            }
            case ABSENT -> throw new NoSuchFileException(upper.path());
        }
    }

    private static boolean isOpaque(EntryHandle folder) throws IOException {
        try (TemporaryPermissions _ = TemporaryPermissions.of(folder)) {
            return OverlayXattrs.isOpaque(folder);
        }
    }

    private void mergedFolder(Found upper, DirectoryHandle lower) throws IOException {
        String path = upper.path();
        FileStat before = lower.kind();
        int mode = upper.kind().mode();
        SpecialBits.requireFolder(path, mode & ~before.mode());
        if (AccessLists.differ(upper.entry(), lower)) {
            draft.dropped("the access control list of " + path + "/ stays as it was");
        }
        if (mode != before.mode()) {
            draft.mode(path, Optional.empty(), mode);
        }
        int first = draft.changeCount();
        folder(path, upper.entry().asDirectory(), lower);
        draft.folderStays(path, first, before.mode(), mode);
        draft.base(path, before);
        if (draft.changeCount() > first && isSwapped(path, upper.entry(), lower)) {
            draft.swapped(path);
        }
    }

    /**
     * Whether the lower folder is another one than when the patch first changed something in it. Where nobody wrote down
     * which one that was, its times have to tell.
     */
    private boolean isSwapped(String path, EntryHandle upper, DirectoryHandle lower) throws IOException {
        Identity known = seen.get(path);
        if (known != null) {
            return !known.isOf(lower.kind());
        }
        Optional<byte[]> origin = OverlayXattrs.originHandle(upper);
        Optional<byte[]> handle = lower.fileHandle();
        if (origin.isEmpty() || handle.isEmpty()) {
            return recency.mayHaveCome(lower.kind());
        }
        return !Arrays.equals(origin.get(), handle.get());
    }

    private void newFolder(Found upper, DirectoryHandle lower, FileStat before) throws IOException {
        remove(upper, lower, before);
        int mode = fresh.folder(upper, AccessLists.handedDown(lower));
        int movable = mode | OWNER_ALL;
        upper.entry().setMode(movable);
        draft.add(new Change.Create(upper.path()));
        draft.folderStays(upper.path(), draft.changeCount(), movable, mode);
    }

    private void file(Found upper, DirectoryHandle lower, FileStat before) throws IOException {
        if (before.isAbsent() || before.isDirectory()) {
            remove(upper, lower, before);
            fresh.file(upper, AccessLists.handedDown(lower));
            draft.add(new Change.Create(upper.path()));
        } else {
            try (EntryHandle old = lower.entry(upper.name())) {
                replaced(upper, old);
            }
        }
    }

    private void replaced(Found upper, EntryHandle lower) throws IOException {
        String path = upper.path();
        FileStat before = lower.kind();
        if (upper.kind().isFile() && before.isFile() && AccessLists.putBack(upper.entry(), lower)) {
            draft.dropped("the access control list of " + path + " stays as it was");
        }
        FileStat after = fresh.fitToMove(upper, before.owner());
        Optional<String> hashBefore = hash(lower);
        Optional<String> hashAfter = fresh.hash(upper.entry());
        boolean sameContent = before.type() == after.type()
                && (after.isFile() ? hashBefore.equals(hashAfter) : isSameLink(upper.entry(), lower));
        if (!sameContent) {
            draft.modified(path, hashBefore, hashAfter, after.mode());
        } else if (after.mode() != before.mode()) {
            draft.mode(path, hashAfter, after.mode());
        }
        draft.base(path, before);
        draft.add(new Change.Replace(path, after.inode()));
    }

    private static boolean isSameLink(EntryHandle one, EntryHandle other) throws IOException {
        return one.kind().type() == FileStat.Type.SYMLINK && Arrays.equals(one.linkTarget(), other.linkTarget());
    }

    private void remove(Found upper, DirectoryHandle lower, FileStat before) throws IOException {
        if (before.isAbsent()) {
            return;
        }
        if (before.isDirectory()) {
            draft.folderGoes(upper.path(), before.mode());
        }
        draft.base(upper.path(), before);
        draft.add(new Change.Remove(upper.path()));
        listDeleted(upper.path(), lower, upper.name(), before);
    }

    private void listDeleted(String path, DirectoryHandle parent, EntryName name, FileStat before) throws IOException {
        if (!before.isDirectory()) {
            try (EntryHandle file = parent.entry(name)) {
                Optional<String> hash = hash(file);
                draft.deleted(path, hash);
                draft.remade().goes(path, NewEntries.version(file, before.mode(), hash));
            }
            return;
        }
        draft.remade().goes(path, new Remade.Version(before.type(), before.mode(), Optional.empty()));
        try (DirectoryHandle folder = parent.child(name)) {
            folder.requireReachable();
            List<EntryName> children =
                    Recency.listIfReadable(folder).stream().sorted().toList();
            if (children.isEmpty()) {
                draft.deleted(path + "/", Optional.empty());
            }
            for (EntryName child : children) {
                listDeleted(path + "/" + child, folder, child, folder.stat(child));
            }
        }
    }

    /** Of a regular file; empty for anything else and for a file of the owner's that the runner may not read. */
    private static Optional<String> hash(EntryHandle file) throws IOException {
        return file.kind().isFile() ? Sha256.ifReadable(file) : Optional.empty();
    }
}
