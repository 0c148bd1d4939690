package dev.patchferry.runner.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The configuration that the owner's git reads in a workspace: the machine's, the owner's own, and that of every
 * repository that is touched, with what they include. Conditions of {@code includeIf} count as fulfilled.
 *
 * <p>Files that cannot be read, are larger than 1 MiB, nested more than ten deep or the 501st are left out.
 */
public final class OwnersGit {
    private static final Logger LOG = Logger.getLogger(OwnersGit.class);
    private static final long MOST_BYTES = 1L << 20;
    private static final int MOST_FILES = 500;
    private static final int DEEPEST_INCLUDE = 10;
    private static final int DEEPEST_SUBMODULE = 8;
    private static final String SETTINGS = "config";
    private static final String HOOKS = "hooks";
    private static final String WORKTREE_SETTINGS = "config.worktree";

    private final Path workspace;
    private final ConfiguredPaths named;
    private final Set<String> read = new HashSet<>();

    private OwnersGit(Path workspace, Optional<Path> home) {
        this.workspace = workspace;
        this.named = new ConfiguredPaths(workspace, home);
    }

    /**
     * The paths in a workspace that this configuration names.
     *
     * @param workspace its root, links resolved
     * @param touched the paths that were changed, relative to it: repositories around them are looked at
     */
    public static ExecutedPaths executed(Path workspace, Collection<Path> touched) throws IOException {
        Optional<Path> home = OwnersHome.of(workspace);
        OwnersGit git = new OwnersGit(workspace, home);
        Optional<Repository> around = Repository.around(workspace);
        Path top = around.map(Repository::top).orElse(workspace);
        git.file(Path.of("/etc/gitconfig"), top, 0);
        if (home.isPresent()) {
            git.file(home.get().resolve(".gitconfig"), top, 0);
            git.file(home.get().resolve(".config/git/config"), top, 0);
        }
        if (around.isPresent()) {
            git.repository(around.get());
        }
        for (Path folder : git.foldersOf(touched)) {
            Optional<Repository> nested = Repository.at(folder);
            if (nested.isPresent()) {
                git.repository(nested.get());
            }
        }
        return git.named.paths();
    }

    /** Whether a folder is in a repository already, one around the workspace included. */
    public static boolean isInRepository(Path folder) throws IOException {
        return Repository.around(folder).isPresent();
    }

    /**
     * The git directory of a folder whose {@code .git} is a file, as a linked worktree's or a submodule's is; empty if it is
     * a folder, or leads to nothing.
     */
    public static Optional<Path> linkedDirectory(Path folder) throws IOException {
        return Files.isRegularFile(folder.resolve(".git"))
                ? Repository.at(folder).map(Repository::directory).filter(Files::isDirectory)
                : Optional.empty();
    }

    private Set<Path> foldersOf(Collection<Path> touched) {
        Set<Path> folders = new HashSet<>();
        for (Path path : touched) {
            Path folder = workspace.resolve(path).getParent();
            while (folder != null && !folder.equals(workspace) && folders.add(folder)) {
                folder = folder.getParent();
            }
        }
        return folders;
    }

    private void repository(Repository repository) throws IOException {
        Path common = repository.commonDirectory();
        directory(common, repository.top());
        file(repository.directory().resolve(WORKTREE_SETTINGS), repository.top(), 0);
        for (Path worktree : foldersIn(common.resolve("worktrees"))) {
            file(worktree.resolve(WORKTREE_SETTINGS), repository.top(), 0);
        }
        submodules(common.resolve("modules"), repository.top(), 0);
    }

    private void directory(Path directory, Path top) throws IOException {
        file(directory.resolve(SETTINGS), top, 0);
        file(directory.resolve(WORKTREE_SETTINGS), top, 0);
        for (String name : List.of(SETTINGS, WORKTREE_SETTINGS, "info", "info/attributes", HOOKS)) {
            named.addTarget(directory.resolve(name));
        }
        named.addTargets(directory.resolve(HOOKS));
    }

    private void submodules(Path folder, Path top, int depth) throws IOException {
        for (Path module : depth < DEEPEST_SUBMODULE ? foldersIn(folder) : List.<Path>of()) {
            if (Files.isRegularFile(module.resolve(SETTINGS))) {
                Path files = worktree(module).orElse(top);
                directory(module, files);
                submodules(module.resolve("modules"), files, depth + 1);
            } else {
                submodules(module, top, depth + 1);
            }
        }
    }

    /** Where a submodule's files are is said in its configuration, relative to its git directory. */
    private static Optional<Path> worktree(Path module) throws IOException {
        return settings(module.resolve(SETTINGS)).stream()
                .filter(gitSetting ->
                        gitSetting.section().equals("core") && gitSetting.key().equals("worktree"))
                .map(gitSetting -> module.resolve(gitSetting.value()).normalize())
                .findFirst();
    }

    private void file(Path file, Path top, int depth) throws IOException {
        if (depth > DEEPEST_INCLUDE || read.size() >= MOST_FILES || !read.add(top + "\n" + file)) {
            return;
        }
        for (GitSetting gitSetting : settings(file)) {
            if (gitSetting.section().startsWith("include") && gitSetting.key().equals("path")) {
                Optional<Path> included = named.addFile(gitSetting.value(), file.resolveSibling(""));
                if (included.isPresent()) {
                    file(included.get(), top, depth + 1);
                }
            } else {
                named.add(gitSetting, top);
            }
        }
    }

    private static List<GitSetting> settings(Path file) throws IOException {
        boolean isRead = Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) <= MOST_BYTES;
        return isRead ? SettingsParser.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)) : List.of();
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            Iterator<Path> each = entries.iterator();
            while (each.hasNext() && folders.size() < MOST_FILES) {
                folders.add(each.next());
            }
        }
        if (folders.size() == MOST_FILES) {
            LOG.warnf("more git directories than are looked at folder=%s most=%d", folder, MOST_FILES);
        }
        return folders;
    }
}
