package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.Descriptors;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.RawName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file, link or folder in one of the two layers, as it was found.
 *
 * @param root the layer; stays open as long as this is used
 * @param path relative to it, in the file system's own bytes
 */
record LayerNode(DirectoryHandle root, Path path, FileStat kind) {
    private static final int OWNER_EXECUTES = 0100;

    /** What stands at a path of a layer. */
    static LayerNode at(DirectoryHandle root, Path path) throws IOException {
        try (DirectoryHandle folder = folder(root, path)) {
            return new LayerNode(root, path, folder.stat(name(path)));
        }
    }

    /** What is in this folder, which is held open; sorted by the text of the names. */
    List<Path> children(DirectoryHandle folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(Path.of(Descriptors.path(folder.descriptor())))) {
            names.forEach(child -> children.add(path.resolve(child.getFileName())));
        }
        children.sort(Comparator.naturalOrder());
        return children;
    }

    /** Opens it as a folder. */
    DirectoryHandle openFolder() throws IOException {
        try (DirectoryHandle folder = folder(root, path)) {
            return folder.child(name(path));
        }
    }

    /** Opens it, without any effect on it. */
    EntryHandle open() throws IOException {
        try (DirectoryHandle folder = folder(root, path)) {
            return folder.entry(name(path));
        }
    }

    private static DirectoryHandle folder(DirectoryHandle root, Path path) throws IOException {
        DirectoryHandle here = root.open("");
        for (int i = 0; i < path.getNameCount() - 1; i++) {
            try (DirectoryHandle above = here) {
                here = above.child(name(path.getName(i)));
            }
        }
        return here;
    }

    private static EntryName name(Path path) {
        return EntryName.of(RawName.of(path.getFileName()));
    }

    /** As git tells modes apart. */
    boolean isExecutable() {
        return (kind.mode() & OWNER_EXECUTES) != 0;
    }

    boolean isSameType(LayerNode other) {
        return kind.type() == other.kind.type();
    }
}
