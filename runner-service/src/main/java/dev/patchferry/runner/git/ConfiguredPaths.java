package dev.patchferry.runner.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Collects the paths of a workspace that settings of git name. Which settings run something is not a closed list (filters,
 * drivers, helpers, hooks, aliases, tools of other vendors), so every value counts but those of sections that run nothing;
 * words of a command count if they look like a path or name a file that is there.
 */
final class ConfiguredPaths {
    /** Nothing in these names a program, a file that is included, or a repository. */
    private static final Set<String> RUN_NOTHING = Set.of(
            "user",
            "author",
            "committer",
            "branch",
            "color",
            "column",
            "advice",
            "format",
            "log",
            "status",
            "push",
            "pull",
            "rerere",
            "gc",
            "pack",
            "index",
            "feature",
            "extensions",
            "i18n",
            "maintenance",
            "safe",
            "blame",
            "commit",
            "grep",
            "help",
            "http",
            "mailmap",
            "protocol",
            "rebase",
            "versionsort",
            "stash",
            "apply",
            "fsck",
            "showbranch");
    /** These name files, and run nothing. */
    private static final Set<String> SETTINGS_RUN_NOTHING = Set.of(
            "core.worktree",
            "core.excludesfile",
            "diff.orderfile",
            "remote.fetch",
            "svn-remote.fetch",
            "submodule.active");
    /** The one setting of those sections that does. */
    private static final String COLLECTS = "recentobjectshook";
    /** As {@code -Ftools/config}: its value follows at once. */
    private static final Pattern OPTION = Pattern.compile("-[A-Za-z].+");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\"'`;|&()<>${}=,]+");
    /** See githooks(5): what runs if the workspace's own folder is the one with the hooks. */
    private static final List<String> HOOKS = List.of(
            "applypatch-msg",
            "pre-applypatch",
            "post-applypatch",
            "pre-commit",
            "pre-merge-commit",
            "prepare-commit-msg",
            "commit-msg",
            "post-commit",
            "pre-rebase",
            "post-checkout",
            "post-merge",
            "pre-push",
            "pre-receive",
            "update",
            "proc-receive",
            "post-receive",
            "post-update",
            "reference-transaction",
            "push-to-checkout",
            "pre-auto-gc",
            "post-rewrite",
            "sendemail-validate",
            "fsmonitor-watchman",
            "p4-changelist",
            "p4-prepare-changelist",
            "p4-post-changelist",
            "p4-pre-submit",
            "post-index-change");

    private static final int MOST_HOOKS = 200;
    /** As the kernel: path_resolution(7). */
    private static final int MOST_LINKS = 40;

    private final Path workspace;
    private final Optional<Path> ownersHome;
    private final Set<String> paths = new TreeSet<>();

    ConfiguredPaths(Path workspace, Optional<Path> ownersHome) {
        this.workspace = workspace;
        this.ownersHome = ownersHome;
    }

    ExecutedPaths paths() {
        return new ExecutedPaths(paths);
    }

    /**
     * Takes in one setting.
     *
     * @param top where git starts what it names
     */
    void add(GitSetting gitSetting, Path top) throws IOException {
        String name = gitSetting.section() + "." + gitSetting.key();
        if ((RUN_NOTHING.contains(gitSetting.section()) && !gitSetting.key().equals(COLLECTS))
                || SETTINGS_RUN_NOTHING.contains(name)) {
            return;
        }
        if (gitSetting.key().equals("hookspath") || gitSetting.key().equals("templatedir")) {
            addHooks(gitSetting.value(), top);
            return;
        }
        if (gitSetting.section().equals("url")) {
            addFile(gitSetting.subsection(), top);
        }
        addWord(gitSetting.value(), top);
        for (String word : BETWEEN_WORDS.split(gitSetting.value(), -1)) {
            addWord(word.startsWith("!") ? word.substring(1) : word, top);
            if (OPTION.matcher(word).matches()) {
                addWord(word.substring(2), top);
            }
        }
    }

    /** A file or folder that is named as a whole; where it lies, if the name can be one. */
    Optional<Path> addFile(String name, Path from) throws IOException {
        Optional<Path> file = resolve(name, from);
        if (file.isPresent()) {
            keep(file.get());
        }
        return file;
    }

    private void addWord(String word, Path top) throws IOException {
        boolean looksLikeFile = word.indexOf('/') >= 0 || word.indexOf('.') >= 0;
        if (looksLikeFile || Files.isRegularFile(resolve(word, top).orElse(workspace))) {
            addFile(word, top);
        }
        if (word.startsWith("/")) {
            // What stood before the slash may have been $(git rev-parse --show-toplevel).
            Optional<Path> below = resolve(word.substring(1), top);
            if (below.isPresent() && Files.exists(below.get())) {
                keep(below.get());
            }
        }
    }

    private void addHooks(String value, Path top) throws IOException {
        Optional<Path> folder = addFile(value, top);
        if (folder.isEmpty()) {
            return;
        }
        if (real(folder.get()).equals(workspace)) {
            paths.addAll(HOOKS);
        }
        if (folder.get().endsWith("_")) {
            // husky: the hooks in its folder `_` run those beside it
            keep(folder.get().resolveSibling(""));
        }
        addTargets(folder.get());
    }

    /** A file or folder that git looks for under a name of its own, and that may be a link. */
    void addTarget(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            keep(path);
        }
    }

    /** The same for everything in a folder: hooks that are links are files elsewhere. */
    void addTargets(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            Iterator<Path> each = entries.iterator();
            for (int i = 0; i < MOST_HOOKS && each.hasNext(); i++) {
                addTarget(each.next());
            }
        }
    }

    private Optional<Path> resolve(String name, Path from) {
        if (name.isBlank()) {
            return Optional.empty();
        }
        try {
            Optional<Path> base = name.startsWith("~/") ? ownersHome : Optional.of(from);
            return base.map(folder -> folder.resolve(name.startsWith("~/") ? name.substring(2) : name)
                    .normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Under the name it has here, and under the one that links lead to. */
    private void keep(Path path) throws IOException {
        for (Path name : List.of(path, real(path))) {
            if (name.startsWith(workspace) && !name.equals(workspace)) {
                paths.add(workspace.relativize(name).toString());
            }
        }
    }

    /** With links resolved, also those that lead to nothing yet. */
    private static Path real(Path path) throws IOException {
        Path at = path;
        for (int link = 0; link < MOST_LINKS; link++) {
            if (Files.exists(at)) {
                return at.toRealPath();
            }
            Path parent = at.getParent();
            if (parent == null) {
                return at;
            }
            Path folder = real(parent);
            Path entry = folder.resolve(at.getFileName());
            if (!Files.isSymbolicLink(entry)) {
                return entry;
            }
            at = folder.resolve(Files.readSymbolicLink(entry)).normalize();
        }
        return path;
    }
}
