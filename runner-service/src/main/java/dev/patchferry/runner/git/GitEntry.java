package dev.patchferry.runner.git;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a file of a git directory is to git. What is neither known to be harmless nor protected counts as history.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout(5)</a>
 */
public enum GitEntry {
    SETTINGS(
            "it holds settings of git, which name programs to run; a patch may change a few in a file that is there, and"
                    + " not make, move or remove such a file"),
    HOOKS("it holds programs that git runs; run what a hook would do as a command of its own"),
    POINTER("it tells git where a repository is"),
    ATTRIBUTES("it tells git which filters to run"),
    ALTERNATES("it makes git read the objects of another repository; clone without --shared and --reference"),
    REMOTE("it tells git where to fetch from and push to"),
    GRAFTS("it changes which commits git takes for parents of others"),
    OPERATION(
            "it holds commands for the owner's next `git rebase --continue`, `am` or `bisect`; let the patch finish or"
                    + " abort what it begins"),
    /** Objects, refs, the index: what a commit changes. */
    HISTORY(""),
    /** Notes of git to itself and to people. */
    NOTE("");

    private static final Set<String> STORED = Set.of("objects", "refs", "logs");
    /** For clients of a plain web server; a collection of garbage writes it. */
    private static final List<String> LIST_OF_REFS = List.of("info", "refs");

    private static final Set<String> HOLD_DIRECTORIES = Set.of("modules", "worktrees");
    private static final Set<String> POINTERS = Set.of("commondir", "gitdir");
    private static final Set<String> REMOTES = Set.of("remotes", "branches", "svn");
    private static final Set<String> OPERATIONS =
            Set.of("rebase-merge", "rebase-apply", "sequencer", "git-rebase-todo");
    private static final Set<String> NOTES = Set.of(
            "logs",
            "fetch_head",
            "orig_head",
            "commit_editmsg",
            "merge_msg",
            "squash_msg",
            "tag_editmsg",
            "description",
            "gc.log",
            "gc.pid");

    private final String why;

    GitEntry(String why) {
        this.why = why;
    }

    /** Why no patch may change it; empty if patches may. */
    public Optional<String> why() {
        return why.isEmpty() ? Optional.empty() : Optional.of(why);
    }

    public boolean isProtected() {
        return !why.isEmpty();
    }

    /** Whether taking it away is harmless, though writing it is not. */
    public boolean mayGo() {
        return this == OPERATION;
    }

    /**
     * Whether a path within a git directory is an object, a ref, a log of refs or a head, by its name: nothing that any
     * setting makes git run there, unless the setting leads into the git directory.
     *
     * @param path its names, at least one
     */
    public static boolean isStored(List<String> path) {
        return STORED.contains(path.getFirst())
                || path.equals(LIST_OF_REFS)
                || (path.size() == 1
                        && Set.of("HEAD", "packed-refs", "FETCH_HEAD", "ORIG_HEAD")
                                .contains(path.getFirst()));
    }

    /**
     * What a path within a git directory is.
     *
     * @param path its names, at least one
     */
    public static GitEntry of(List<String> path) {
        List<String> names =
                path.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        GitEntry entry = at(names);
        if (!HOLD_DIRECTORIES.contains(names.getFirst())) {
            return entry;
        }
        // A submodule's name may have slashes, so any of these may be the root of its git directory.
        for (int root = 2; root < names.size() && !entry.isProtected(); root++) {
            GitEntry inner = at(names.subList(root, names.size()));
            entry = inner.isProtected() ? inner : entry;
        }
        return entry;
    }

    /**
     * What a path is in a git directory whose root is known.
     *
     * @param path its names below that root, at least one
     */
    public static GitEntry below(List<String> path) {
        return at(path.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    /**
     * Whether an object, a ref or a log has a name that a protected part of a repository could have, if its folder were one.
     *
     * @param path its names below the root of a git directory, at least one
     */
    public static boolean mayBePartOfAnother(List<String> path) {
        List<String> names =
                path.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        return STORED.contains(names.getFirst())
                && IntStream.range(1, names.size())
                        .anyMatch(from -> at(names.subList(from, names.size())).isProtected());
    }

    private static GitEntry at(List<String> names) {
        String first = names.getFirst();
        if (first.equals("objects") && ends(names, "info", "alternates", "http-alternates")) {
            return ALTERNATES;
        }
        if (STORED.contains(first)) {
            return NOTES.contains(first) ? NOTE : HISTORY;
        }
        if (names.contains("hooks")) {
            return HOOKS;
        }
        if (names.stream().anyMatch(name -> name.startsWith("config"))) {
            return SETTINGS;
        }
        if (names.stream().anyMatch(POINTERS::contains)) {
            return POINTER;
        }
        if (ends(names, "info", "attributes")) {
            return ATTRIBUTES;
        }
        if (ends(names, "info", "grafts")) {
            return GRAFTS;
        }
        if (REMOTES.contains(first)) {
            return REMOTE;
        }
        if (OPERATIONS.contains(first) || first.startsWith("bisect_")) {
            return OPERATION;
        }
        return NOTES.contains(first) || first.endsWith(".lock") || ends(names, "info", "exclude") ? NOTE : HISTORY;
    }

    private static boolean ends(List<String> names, String folder, String... files) {
        return names.size() >= 2
                && names.get(names.size() - 2).equals(folder)
                && List.of(files).contains(names.getLast());
    }
}
