package dev.patchferry.runner.workspace;

import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.runner.workspace.commit.Identity;
import dev.patchferry.runner.workspace.fs.AccessLists;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileErrors;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.OverlayXattrs;
import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.SpecialBits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files of a workspace as a patch sees them while nothing is mounted: the upper layer over the lower one, by the
 * rules of overlayfs, so that commands see later what was written here and the other way round.
 *
 * <p>Without a lower layer the upper one is the workspace itself. Every component of a path is opened beneath its
 * layer; links are never followed. Not safe for use by several threads.
 */
final class LayeredTree {
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final DirectoryHandle upperRoot;
    private final @Nullable DirectoryHandle lowerRoot;
    private final Owner owner;
    private final Map<String, Identity> copied = new HashMap<>();

    /**
     * Works on layers that stay open, and are closed by whoever opened them.
     *
     * @param owner of what is made
     */
    LayeredTree(DirectoryHandle upperRoot, @Nullable DirectoryHandle lowerRoot, Owner owner) {
        this.upperRoot = upperRoot;
        this.lowerRoot = lowerRoot;
        this.owner = owner;
    }

    /** What stands at a path. */
    FileStat kind(WorkspacePath path) throws IOException {
        try (LayeredPath layeredPath = find(path)) {
            return layeredPath.visible();
        }
    }

    /**
     * The content of a file.
     *
     * @throws FileSystemException if there is no such file or it is something else
     */
    InputStream open(WorkspacePath path) throws IOException {
        try (LayeredPath layeredPath = find(path)) {
            requireFile(path, layeredPath.visible());
            try (EntryHandle file = layeredPath.open()) {
                return file.read();
            }
        }
    }

    /**
     * The bytes of a file of at most {@code limit} bytes.
     *
     * @throws FileSystemException if there is no such file, it is something else or longer
     */
    byte[] read(WorkspacePath path, int limit) throws IOException {
        try (InputStream content = open(path)) {
            byte[] bytes = content.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new FileSystemException(
                        path.value(), null, "is longer than " + limit + " bytes, the most that is edited");
            }
            return bytes;
        }
    }

    /**
     * Puts a file in place, whole, with its folders. An existing file keeps its owner, and its mode unless another is given; it
     * is replaced, not written through, so that its other hard links keep their content.
     *
     * @throws FileSystemException if something other than a file stands there
     */
    void write(WorkspacePath path, InputStream content, OptionalInt mode) throws IOException {
        try (LayeredPath layeredPath = find(path)) {
            FileStat before = layeredPath.visible();
            if (!before.isAbsent()) {
                requireFile(path, before);
            }
            Origin origin = new Origin(layeredPath, before);
            int after = mode.orElse(before.isAbsent() ? FILE_MODE : before.mode());
            try (DirectoryHandle parent = makeUpperFolders(path)) {
                put(parent, EntryName.of(path.name()), content, origin, after);
            } catch (FileSystemException e) {
                throw new FileSystemException(path.value(), null, "cannot be written: " + FileErrors.problem(e));
            }
        }
    }

    /** What is replaced, and what of it stays. */
    private record Origin(LayeredPath place, FileStat kind) {}

    /**
     * Takes a file away.
     *
     * @throws FileSystemException if there is none or it is something else
     */
    void delete(WorkspacePath path) throws IOException {
        try (LayeredPath layeredPath = find(path)) {
            requireFile(path, layeredPath.visible());
            try (DirectoryHandle parent = makeUpperFolders(path)) {
                EntryName name = EntryName.of(path.name());
                if (!parent.stat(name).isAbsent()) {
                    parent.unlink(name);
                }
                if (layeredPath.lowerShows()) {
                    OverlayXattrs.makeWhiteout(parent, name);
                }
            }
        }
    }

    /**
     * Makes sure that no other name stands in the way of a path that is about to be made.
     *
     * @param leaving a file that is about to go
     * @throws FileSystemException if one does
     */
    void requireNoTwinOf(WorkspacePath path, Optional<WorkspacePath> leaving) throws IOException {
        new NameCollisions(upperRoot, lowerRoot).requireNoTwinOf(path, leaving);
    }

    /** Where files stand that are called as this one, which does not; a few at most. */
    List<WorkspacePath> calledAs(WorkspacePath path) throws IOException {
        List<WorkspacePath> there = new ArrayList<>();
        for (String other : SameNames.in(lowerRoot == null ? upperRoot : lowerRoot, path.name())) {
            if (kind(new WorkspacePath(other)).isFile()) {
                there.add(new WorkspacePath(other));
            }
        }
        return there;
    }

    private LayeredPath find(WorkspacePath path) throws IOException {
        return LayeredPath.find(path, upperRoot, lowerRoot);
    }

    /** The lower folders in which something was changed here, as they were at the first time. */
    Map<String, Identity> copied() {
        return Map.copyOf(copied);
    }

    private static void requireFile(WorkspacePath path, FileStat kind) throws FileSystemException {
        if (kind.isAbsent()) {
            throw new FileSystemException(path.value(), null, FileErrors.ABSENT);
        }
        if (!kind.isFile()) {
            throw new FileSystemException(path.value(), null, "is " + kind.words() + ", not a file");
        }
    }

    private void put(DirectoryHandle parent, EntryName name, InputStream content, Origin origin, int mode)
            throws IOException {
        EntryName temporary = EntryName.of(".ferry-" + UUID.randomUUID() + ".new");
        try (EntryHandle fresh = parent.makeFile(temporary)) {
            try (OutputStream out = DirectoryHandle.writeTo(fresh)) {
                content.transferTo(out);
            }
            describe(fresh, origin, parent);
            fresh.setMode(mode);
            parent.replace(temporary, parent, name);
        } catch (IOException | RuntimeException e) {
            if (!parent.stat(temporary).isAbsent()) {
                parent.unlink(temporary);
            }
            throw e;
        }
    }

    private void describe(EntryHandle fresh, Origin origin, DirectoryHandle parent) throws IOException {
        if (origin.kind().isAbsent()) {
            fresh.claim(ownerIn(parent.now()));
            return;
        }
        if (origin.place().showsCopy()) {
            OverlayXattrs.markAsCopy(fresh);
        }
        try (EntryHandle before = origin.place().open()) {
            fresh.claim(before.kind().owner());
            AccessLists.copy(before, fresh);
        }
    }

    /** Whose is what is made in a folder, which may hand its group down. */
    private Owner ownerIn(FileStat folder) {
        if (SpecialBits.handsDownGroup(folder.mode())) {
            return new Owner(owner.uid(), folder.owner().gid());
        }
        Owner process = Owner.ofThisProcess();
        return process.isRoot() ? owner : new Owner(owner.uid(), process.gid());
    }

    /** Opens the parent folder of a path in the upper layer, copying up or making what is missing. */
    private DirectoryHandle makeUpperFolders(WorkspacePath path) throws IOException {
        DirectoryHandle here = upperRoot.open("");
        StringBuilder reached = new StringBuilder();
        for (String segment : path.parents()) {
            reached.append(reached.isEmpty() ? "" : "/").append(segment);
            try (DirectoryHandle above = here) {
                EntryName name = EntryName.of(segment);
                makeUpperFolder(above, name, new WorkspacePath(reached.toString()));
                here = above.child(name);
            }
        }
        return here;
    }

    private void makeUpperFolder(DirectoryHandle parent, EntryName name, WorkspacePath path) throws IOException {
        FileStat upper = parent.stat(name);
        if (upper.isDirectory()) {
            return;
        }
        boolean hidden = upper.type() == FileStat.Type.WHITEOUT;
        if (hidden) {
            parent.unlink(name);
        }
        try (LayeredPath layeredPath = find(path);
                DirectoryHandle made = parent.makeFolder(name)) {
            DirectoryHandle lower = hidden ? null : layeredPath.lower();
            if (lower != null && lower.stat(name).isDirectory()) {
                try (DirectoryHandle original = lower.child(name)) {
                    copied.put(path.value(), Identity.of(original.kind()));
                    OverlayXattrs.markAsCopy(made);
                    made.claim(original.kind().owner());
                    AccessLists.copy(original, made);
                    made.setMode(original.kind().mode());
                }
            } else {
                FileStat above = parent.now();
                made.claim(ownerIn(above));
                made.setMode(DIRECTORY_MODE | (above.mode() & SpecialBits.SET_GROUP_ID));
            }
            if (hidden) {
                OverlayXattrs.makeOpaque(made);
            }
        }
    }
}
