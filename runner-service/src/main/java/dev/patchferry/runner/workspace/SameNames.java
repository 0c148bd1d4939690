package dev.patchferry.runner.workspace;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.PathText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for files that are called as one that is not there, but for its folder or for case: a sender that named a file
 * wrong is told which may be meant. Looks at a bounded part of a workspace; folders and files whose names begin with a
 * dot are left out.
 */
final class SameNames {
    private static final int MAX_ENTRIES = 5_000;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_FOUND = 3;

    private final String wanted;
    private final List<String> found = new ArrayList<>();
    private int seen;

    private SameNames(String wanted) {
        this.wanted = wanted;
    }

    /**
     * The paths, in the order of their text; a few at most.
     *
     * @param name without folders
     */
    static List<String> in(DirectoryHandle root, String name) throws IOException {
        if (name.startsWith(".")) {
            return List.of();
        }
        SameNames search = new SameNames(name);
        search.look(root, "", 0);
        return List.copyOf(search.found);
    }

    private void look(DirectoryHandle folder, String prefix, int depth) throws IOException {
        for (EntryName entry : folder.sortedList()) {
            String name = entry.toString();
            if (++seen > MAX_ENTRIES || found.size() >= MAX_FOUND) {
                return;
            }
            if (name.startsWith(".") || !PathText.shown(name).equals(name)) {
                continue;
            }
            FileStat kind = folder.stat(entry);
            if (kind.isFile() && name.equalsIgnoreCase(wanted)) {
                found.add(prefix + name);
            } else if (kind.isDirectory() && depth < MAX_DEPTH) {
                try (DirectoryHandle below = folder.child(entry)) {
                    look(below, prefix + name + "/", depth + 1);
                }
            }
        }
    }
}
