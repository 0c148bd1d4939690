package dev.patchferry.runner.workspace;

import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.OverlayXattrs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** The parent folders of a path in both layers, held open; each is null where it does not exist or does not show. */
record LayeredPath(
        @Nullable DirectoryHandle upper, @Nullable DirectoryHandle lower, String name) implements AutoCloseable {
    /** Looks a path up through both layers, folder by folder. */
    static LayeredPath find(WorkspacePath path, DirectoryHandle upperRoot, @Nullable DirectoryHandle lowerRoot)
            throws IOException {
        DirectoryHandle upper = upperRoot.open("");
        DirectoryHandle lower = lowerRoot == null ? null : lowerRoot.open("");
        try {
            for (String segment : path.parents()) {
                FileStat above = upper == null ? FileStat.ABSENT : upper.stat(segment);
                FileStat below = lower == null ? FileStat.ABSENT : lower.stat(segment);
                boolean upperGoesOn = isFolder(path, segment, above);
                boolean lowerGoesOn = !hides(upper, segment, above) && isFolder(path, segment, below);
                upper = step(upper, segment, upperGoesOn);
                lower = step(lower, segment, lowerGoesOn);
            }
            return new LayeredPath(upper, lower, path.name());
        } catch (IOException | RuntimeException e) {
            closeAll(upper, lower);
            throw e;
        }
    }

    /** Whether what the upper layer has under this name hides the lower layer's entry. */
    private static boolean hides(@Nullable DirectoryHandle upper, String segment, FileStat above) throws IOException {
        return switch (above.type()) {
            case ABSENT -> false;
            case DIRECTORY -> upper != null && isOpaque(upper, segment);
            case FILE, SYMLINK, WHITEOUT, SPECIAL -> true;
        };
    }

    private static boolean isOpaque(DirectoryHandle upper, String segment) throws IOException {
        try (EntryHandle folder = upper.entry(segment)) {
            return OverlayXattrs.isOpaque(folder);
        }
    }

    private static boolean isFolder(WorkspacePath path, String segment, FileStat kind) throws FileSystemException {
        return switch (kind.type()) {
            case DIRECTORY -> true;
            case ABSENT, WHITEOUT -> false;
            case FILE, SYMLINK, SPECIAL ->
                throw new FileSystemException(
                        path.value(), null, "`" + segment + "` on the way to it is " + kind.words() + ", not a folder");
        };
    }

    private static @Nullable DirectoryHandle step(@Nullable DirectoryHandle from, String segment, boolean goOn)
            throws IOException {
        if (from == null) {
            return null;
        }
        try (from) {
            return goOn ? from.open(segment) : null;
        }
    }

    private static void closeAll(@Nullable DirectoryHandle... folders) {
        for (DirectoryHandle folder : folders) {
            if (folder != null) {
                folder.close();
            }
        }
    }

    FileStat visible() throws IOException {
        FileStat above = upper == null ? FileStat.ABSENT : upper.stat(name);
        return switch (above.type()) {
            case WHITEOUT -> FileStat.ABSENT;
            case ABSENT -> below();
            case FILE, DIRECTORY, SYMLINK, SPECIAL -> above;
        };
    }

    /** Opens what shows. */
    EntryHandle open() throws IOException {
        if (upper != null && !upper.stat(name).isAbsent()) {
            return upper.entry(name);
        }
        if (lower == null) {
            throw new FileSystemException(name, null, "does not exist");
        }
        return lower.entry(name);
    }

    boolean lowerShows() throws IOException {
        return !below().isAbsent();
    }

    /** Whether what shows here is a file or folder of the lower layer, or began as a copy of one. */
    boolean showsCopy() throws IOException {
        FileStat above = upper == null ? FileStat.ABSENT : upper.stat(name);
        return switch (above.type()) {
            case ABSENT -> lowerShows();
            case FILE, DIRECTORY -> isCopy();
            case WHITEOUT, SYMLINK, SPECIAL -> false;
        };
    }

    private boolean isCopy() throws IOException {
        try (EntryHandle visible = open()) {
            return OverlayXattrs.isCopy(visible);
        }
    }

    private FileStat below() throws IOException {
        return lower == null ? FileStat.ABSENT : lower.stat(name);
    }

    @Override
    public void close() {
        closeAll(upper, lower);
    }
}
