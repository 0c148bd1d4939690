package dev.patchferry.runner.reads;

import dev.patchferry.runner.workspace.fs.ReadableFolder;

/**
 * An entry that a walk came to.
 *
 * @param folder the one it is in; open until the walk goes on
 * @param name its name there
 * @param path relative to the workspace
 */
record FoundEntry(ReadableFolder folder, String name, String path, ReadableFolder.Entry entry) {
    boolean isFolder() {
        return entry.kind() == ReadableFolder.Kind.FOLDER;
    }

    boolean isFile() {
        return entry.kind() == ReadableFolder.Kind.FILE;
    }
}
