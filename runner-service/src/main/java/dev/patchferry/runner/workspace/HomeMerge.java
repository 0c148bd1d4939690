package dev.patchferry.runner.workspace;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.OverlayXattrs;
import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.TemporaryPermissions;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings an upper layer of HOME into the lower one, by renames. Not atomic: a crash leaves a part of it. Links in either are
 * never followed.
 *
 * @param upper a folder of the upper layer, held open
 * @param lower the same of the lower one
 */
record HomeMerge(DirectoryHandle upper, DirectoryHandle lower) implements AutoCloseable {
    private static final int OWNER_ALL = 0700;

    static void everything(Path upper, Path lower) throws IOException {
        try (HomeMerge root = root(upper, lower)) {
            root.all();
        }
    }

    /**
     * Only what lies below these paths.
     *
     * @param owner gets the folders that have to be made on the way there
     */
    static void only(List<String> paths, Path upper, Path lower, Owner owner) throws IOException {
        try (HomeMerge root = root(upper, lower)) {
            for (String path : paths) {
                root.below(List.of(path.split("/")), owner);
            }
        }
    }

    private static HomeMerge root(Path upper, Path lower) throws IOException {
        DirectoryHandle above = DirectoryHandle.root(upper);
        try {
            return new HomeMerge(above, DirectoryHandle.root(lower));
        } catch (IOException e) {
            above.close();
            throw e;
        }
    }

    private HomeMerge child(EntryName name) throws IOException {
        DirectoryHandle above = upper.child(name);
        try {
            return new HomeMerge(above, lower.child(name));
        } catch (IOException e) {
            above.close();
            throw e;
        }
    }

    private void below(List<String> path, Owner owner) throws IOException {
        EntryName name = EntryName.of(path.getFirst());
        if (!upper.stat(name).isDirectory()) {
            return;
        }
        if (path.size() == 1) {
            entry(name);
            return;
        }
        FileStat there = lower.stat(name);
        if (there.isAbsent()) {
            try (DirectoryHandle made = lower.makeFolder(name)) {
                made.claim(owner);
            }
        } else if (!there.isDirectory()) {
            return;
        }
        try (HomeMerge next = child(name)) {
            next.below(path.subList(1, path.size()), owner);
        }
    }

    private void all() throws IOException {
        upper.requireReachable();
        for (EntryName name : upper.list()) {
            entry(name);
        }
    }

    private void entry(EntryName name) throws IOException {
        switch (upper.stat(name).type()) {
            case ABSENT, SPECIAL -> {}
            case WHITEOUT -> Trees.delete(lower, name);
            case FILE, SYMLINK -> {
                Trees.delete(lower, name);
                upper.move(name, lower, name);
            }
            case DIRECTORY -> folder(name);
        }
    }

    private void folder(EntryName name) throws IOException {
        try (DirectoryHandle above = upper.child(name)) {
            int mode = above.kind().mode();
            if (lower.stat(name).isDirectory() && !OverlayXattrs.isOpaque(above)) {
                merge(name, mode);
                return;
            }
            Trees.delete(lower, name);
            // A folder is moved only by who may write to it: its entry `..` changes.
            above.setMode(mode | OWNER_ALL);
            upper.move(name, lower, name);
            above.setMode(mode);
        }
    }

    /** Some caches are read-only even for their owner. */
    private void merge(EntryName name, int mode) throws IOException {
        try (HomeMerge next = child(name)) {
            try (TemporaryPermissions _ = TemporaryPermissions.of(next.upper);
                    TemporaryPermissions _ = TemporaryPermissions.of(next.lower)) {
                next.all();
            }
            next.lower.setMode(mode);
        }
    }

    @Override
    public void close() {
        upper.close();
        lower.close();
    }
}
