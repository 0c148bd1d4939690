package dev.patchferry.runner.reads;

import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.ReadableFolder;
import dev.patchferry.runner.workspace.fs.ReadableFolder.Entry;
import dev.patchferry.runner.workspace.fs.ReadableFolder.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Walks a folder of a workspace, each folder before what is in it and names in the order of their text, from behind a cursor on.
 * What lies before the cursor costs nothing but the names of the folders on the way. Git's own folders are left out. Used once.
 */
final class TreeWalk {
    /** Looks at one entry after the other; false ends the walk. What goes wrong with an entry is its own affair. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(FoundEntry found) throws IOException;
    }

    private static final String GIT = ".git";
    private static final int MAX_RULES = 1 << 20;

    private final ReadBudget budget;
    private final HiddenFiles hidden;
    private final boolean withIgnored;
    private final int maxDepth;
    private final Visitor visitor;
    private int unreadable;
    private boolean again;

    /**
     * Prepares a walk.
     *
     * @param withIgnored whether what git ignores is visited, too
     * @param maxDepth how many folders deep; 1 for the entries of the folder itself
     */
    TreeWalk(ReadBudget budget, HiddenFiles hidden, boolean withIgnored, int maxDepth, Visitor visitor) {
        this.budget = budget;
        this.hidden = hidden;
        this.withIgnored = withIgnored;
        this.maxDepth = maxDepth;
        this.visitor = visitor;
    }

    /**
     * Walks.
     *
     * @param folder relative to the root; empty for the root itself
     * @param from the entry that was visited last; it is visited again if that was in the middle of it
     * @return whether it came to the end
     */
    boolean run(ReadableFolder root, String folder, ReadCursor from) throws IOException {
        again = from.line() > 0;
        IgnoreRules rules = IgnoreRules.NONE;
        String above = "";
        for (String name : folder.isEmpty() ? new String[0] : folder.split("/", -1)) {
            rules = withRulesOf(root, above, rules);
            above = above.isEmpty() ? name : above + "/" + name;
        }
        if (isFile(root, folder)) {
            return visitFile(root, folder);
        }
        String below = folder.isEmpty() ? "" : folder + "/";
        String after = from.path().startsWith(below) ? from.path().substring(below.length()) : "";
        try (ReadableFolder start = root.open(folder)) {
            return visit(start, folder, after, rules, /* depth= */ 1);
        }
    }

    private static boolean isFile(ReadableFolder root, String path) throws IOException {
        int slash = path.lastIndexOf('/');
        if (path.isEmpty()) {
            return false;
        }
        try (ReadableFolder folder = root.open(slash < 0 ? "" : path.substring(0, slash))) {
            return folder.entry(path.substring(slash + 1)).kind() == Kind.FILE;
        }
    }

    /** A file that is named is visited though git ignores it. */
    private boolean visitFile(ReadableFolder root, String path) throws IOException {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        if (hidden.isHidden(PathText.lossy(path))) {
            throw new NoSuchFileException(path);
        }
        try (ReadableFolder folder = root.open(slash < 0 ? "" : path.substring(0, slash))) {
            return visitor.visit(new FoundEntry(folder, name, path, folder.entry(name)));
        }
    }

    /** How many folders could not be read. */
    int unreadable() {
        return unreadable;
    }

    private IgnoreRules withRulesOf(ReadableFolder root, String path, IgnoreRules rules) throws IOException {
        try (ReadableFolder folder = root.open(path)) {
            return rulesIn(folder, path, rules);
        }
    }

    private IgnoreRules rulesIn(ReadableFolder folder, String path, IgnoreRules above) throws IOException {
        if (withIgnored) {
            return above;
        }
        return rulesIn(folder, IgnoreRules.FILE, path, path.isEmpty() ? rulesOfRepository(folder, above) : above);
    }

    private static IgnoreRules rulesOfRepository(ReadableFolder root, IgnoreRules above) throws IOException {
        try (ReadableFolder info = root.open(".git/info")) {
            return rulesIn(info, "exclude", "", above);
        } catch (FileSystemException e) {
            // No repository, or one that is closed to the runner.
            return above;
        }
    }

    /** Rules that cannot be read are none, as for git. */
    private static IgnoreRules rulesIn(ReadableFolder folder, String file, String path, IgnoreRules above)
            throws IOException {
        if (folder.entry(file).kind() != Kind.FILE) {
            return above;
        }
        byte[] rules;
        try {
            rules = folder.read(file, MAX_RULES);
        } catch (FileSystemException e) {
            return above;
        }
        return above.with(path, rules);
    }

    /** Visits what is in a folder, behind {@code after}, which is relative to it. */
    private boolean visit(ReadableFolder folder, String path, String after, IgnoreRules above, int depth)
            throws IOException {
        IgnoreRules rules = rulesIn(folder, path, above);
        int slash = after.indexOf('/');
        String from = slash < 0 ? after : after.substring(0, slash);
        // Sorted only as far as the walk goes.
        Queue<String> names = new PriorityQueue<>(folder.names(from));
        for (String name = names.poll(); name != null; name = names.poll()) {
            if (budget.isSpent()) {
                return false;
            }
            boolean isOnTheWay = !from.isEmpty() && name.equals(from);
            if (!name.equals(GIT) && !visit(folder, name, path, isOnTheWay ? after : "", rules, depth)) {
                return false;
            }
        }
        return true;
    }

    /** Visits one entry, unless {@code after} begins with it, and what is below it. */
    private boolean visit(ReadableFolder folder, String name, String path, String after, IgnoreRules rules, int depth)
            throws IOException {
        String here = path.isEmpty() ? name : path + "/" + name;
        Entry entry = folder.entry(name);
        boolean isFolder = entry.kind() == Kind.FOLDER;
        if (entry.kind() == Kind.ABSENT
                || rules.isIgnored(PathText.lossy(here), isFolder)
                || (!isFolder && hidden.isHidden(PathText.lossy(here)))) {
            return true;
        }
        boolean isNew = after.isEmpty() || (again && after.equals(name));
        if (isNew && !visitor.visit(new FoundEntry(folder, name, here, entry))) {
            return false;
        }
        if (!isFolder || depth >= maxDepth) {
            return true;
        }
        int slash = after.indexOf('/');
        return visitBelow(folder, name, here, slash < 0 ? "" : after.substring(slash + 1), rules, depth);
    }

    private boolean visitBelow(
            ReadableFolder folder, String name, String path, String after, IgnoreRules rules, int depth)
            throws IOException {
        try (ReadableFolder below = folder.child(name)) {
            return visit(below, path, after, rules, depth + 1);
        } catch (FileSystemException e) {
            // Closed to the runner, another file system, or replaced since it was listed.
            unreadable++;
            return true;
        }
    }
}
