package dev.patchferry.engine.policy;

import dev.patchferry.engine.policy.Touched.Entry;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of paths relative to the workspace: {@code *} and {@code ?} stay within a name, {@code **} is any number of
 * folders; at the end, whatever lies in a folder.
 *
 * @param pattern no absolute path and none that leads out of the workspace
 * @param anyCase whether {@code .GitHub} counts as {@code .github}
 */
record PathGlob(String pattern, boolean anyCase) {
    private static final String ANY_FOLDERS = "**";

    PathGlob {
        List<String> names = names(pattern);
        if (pattern.startsWith("/") || names.contains("..") || names.contains(".") || names.contains("")) {
            throw new IllegalArgumentException("`" + pattern
                    + "` is no path in a workspace; write one relative to it, for example docs/** or **/Makefile");
        }
        if (names.stream().anyMatch(name -> name.contains(ANY_FOLDERS) && !name.equals(ANY_FOLDERS))) {
            throw new IllegalArgumentException(
                    "in `" + pattern + "`, `**` has to stand alone between slashes, for example src/**/*.sql");
        }
    }

    boolean isEverywhere() {
        return pattern.equals(ANY_FOLDERS);
    }

    /** Whether this is surely such a path: the folder itself is not what lies in it. */
    boolean isAt(Entry entry) {
        boolean[] reached = reached(entry);
        int last = reached.length - 1;
        return reached[last] && !(names(pattern).getLast().equals(ANY_FOLDERS) && isFolderItself(entry));
    }

    /** Whether such a path may have been changed here: this one, the folder it is in, or one that a link now hides. */
    boolean mayBeAt(Entry entry) {
        boolean[] reached = reached(entry);
        if (reached[reached.length - 1]) {
            return true;
        }
        for (boolean alive : reached) {
            if (alive && entry.isLink()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether this is such a path, or a link in the place of a folder that the pattern names. Unlike {@link #mayBeAt}, a link of any
     * other name is none, though a path below it could match: whoever looks for the pattern's names does not look there.
     */
    boolean isNamed(Entry entry) {
        boolean[] reached = reached(entry);
        List<String> wanted = names(pattern);
        if (reached[reached.length - 1]) {
            return true;
        }
        for (int i = 1; i < reached.length; i++) {
            if (entry.isLink() && reached[i] && !wanted.get(i - 1).equals(ANY_FOLDERS)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFolderItself(Entry entry) {
        List<String> folder = names(pattern).subList(0, names(pattern).size() - 1);
        return !folder.isEmpty() && new PathGlob(String.join("/", folder), anyCase).isAt(entry);
    }

    /** After all names of a path: up to which name of the pattern it may have come. */
    private boolean[] reached(Entry entry) {
        List<String> wanted = names(folded(pattern));
        boolean[] reached = new boolean[wanted.size() + 1];
        reached[0] = true;
        skipAnyFolders(wanted, reached);
        for (String name : folded(entry.path()).split("/", -1)) {
            boolean[] next = new boolean[reached.length];
            for (int i = 0; i < wanted.size(); i++) {
                boolean any = wanted.get(i).equals(ANY_FOLDERS);
                if (reached[i] && (any || new Wildcard(wanted.get(i)).matches(name))) {
                    next[any ? i : i + 1] = true;
                }
            }
            skipAnyFolders(wanted, next);
            reached = next;
        }
        return reached;
    }

    /** Any number of folders may be none. */
    private static void skipAnyFolders(List<String> wanted, boolean[] reached) {
        for (int i = 0; i < wanted.size(); i++) {
            if (reached[i] && wanted.get(i).equals(ANY_FOLDERS)) {
                reached[i + 1] = true;
            }
        }
    }

    private String folded(String text) {
        return anyCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static List<String> names(String pattern) {
        return List.of((pattern.endsWith("/") ? pattern + ANY_FOLDERS : pattern).split("/", -1));
    }
}
