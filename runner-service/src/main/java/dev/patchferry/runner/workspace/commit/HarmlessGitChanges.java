package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.git.GitEntry;
import dev.patchferry.runner.git.OwnersGit;
import dev.patchferry.runner.git.SettingsChange;
import dev.patchferry.runner.git.SettingsPlace;
import dev.patchferry.runner.git.Versions;
import dev.patchferry.runner.workspace.commit.GitDirectories.Inside;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of the protected parts of git directories a patch may make, change or take away all the same, since it runs,
 * includes and redirects nothing: some settings, and new repositories, worktrees and submodules as git itself makes them.
 */
final class HarmlessGitChanges {
    static final String KIND = "whether it is a git directory, and which, decides what git runs";
    private static final String AROUND =
            "its folder already belongs to a repository, whose files would change hands; make a"
                    + " new repository in a new or an empty folder";
    private static final String LINKED =
            KIND + "; a patch may add worktrees and submodules of a repository in the workspace, in a new or an empty"
                    + " folder, as `git worktree add` and `git submodule add` do, and take a submodule away after `git submodule"
                    + " deinit -f`";
    private static final String DIRECTORY = ".git";
    private static final String MODULES = "modules";
    private static final String WORKTREES = "worktrees";
    private static final String SETTINGS = "config";
    private static final String HOOKS = "hooks";
    private static final String SAMPLE = ".sample";
    /** See githooks(5); and the one that libgit2 makes. */
    private static final Set<String> SAMPLES = Set.of(
            "applypatch-msg",
            "commit-msg",
            "fsmonitor-watchman",
            "post-update",
            "pre-applypatch",
            "pre-commit",
            "pre-merge-commit",
            "pre-push",
            "pre-rebase",
            "pre-receive",
            "prepare-commit-msg",
            "push-to-checkout",
            "sendemail-validate",
            "update",
            "README");

    private final Path workspace;
    private final Versions versions;
    private final GitPointers pointers;

    /**
     * For one change.
     *
     * @param workspace its root, still without the change
     * @param versions the content of what changes
     */
    HarmlessGitChanges(Path workspace, Versions versions) {
        this.workspace = workspace;
        this.versions = versions;
        this.pointers = new GitPointers(workspace, versions);
    }

    /** Why a change of {@code .git} itself, as a file or an empty folder, is refused. */
    Optional<String> refusal(ChangedFile file) throws IOException {
        String path = file.path();
        boolean harmless = switch (file.change()) {
            case "created" ->
                path.endsWith("/" + DIRECTORY)
                        && file.afterSha256().isPresent()
                        && isNewOrEmpty(parent(path))
                        && pointers.isHarmless(path);
            case "deleted" -> versions.after(path).isEmpty() && pointers.mayGo(path);
            default -> false;
        };
        return harmless ? Optional.empty() : Optional.of(LINKED);
    }

    /** Why a new git directory is refused because of where it is. */
    Optional<String> refusalOfPlace(String directory) throws IOException {
        if (exists(directory)) {
            return Optional.empty();
        }
        if (!directory.equals(DIRECTORY) && !directory.endsWith("/" + DIRECTORY)) {
            return Optional.of(KIND);
        }
        String top = parent(directory);
        return isNewOrEmpty(top) || !OwnersGit.isInRepository(workspace.resolve(top))
                ? Optional.empty()
                : Optional.of(AROUND);
    }

    /** Why a change of a protected entry is refused; empty if it is harmless. */
    Optional<String> refusal(ChangedFile file, Inside inside, GitEntry entry) throws IOException {
        return switch (entry) {
            case SETTINGS -> refusalOfSettings(file, inside);
            case HOOKS -> unless(isSampleHook(file), entry);
            case POINTER -> unless(isWorktreePointer(file, inside), entry);
            case REMOTE -> unless(isEmptyFolderOfNew(file), entry);
            default -> unless(file.change().equals("deleted") && entry.mayGo(), entry);
        };
    }

    private static Optional<String> unless(boolean harmless, GitEntry entry) {
        return harmless ? Optional.empty() : entry.why();
    }

    private Optional<String> refusalOfSettings(ChangedFile file, Inside inside) throws IOException {
        Optional<byte[]> before = versions.before(file.path());
        Optional<byte[]> after = versions.after(file.path());
        boolean isFile = file.afterSha256().isPresent() && after.isPresent();
        if (file.change().equals("modified") && isFile && before.isPresent()) {
            return SettingsChange.refusal(before.get(), after.get(), place(file, inside));
        }
        return file.change().equals("created") && isFile && isOfNewRepository(file, inside)
                ? SettingsChange.refusalOfNew(after.get(), place(file, inside))
                : GitEntry.SETTINGS.why();
    }

    private SettingsPlace place(ChangedFile file, Inside inside) throws IOException {
        Path top = workspace.resolve(parent(inside.directory()));
        boolean isModule = inside.names().getFirst().equals(MODULES);
        return new SettingsPlace(
                workspace, top, isModule, isModule ? pointers.worktreeOf(parent(file.path())) : Optional.empty());
    }

    private boolean isOfNewRepository(ChangedFile file, Inside inside) throws IOException {
        List<String> names = inside.names();
        boolean isRoot = names.size() == 1 || (names.getFirst().equals(MODULES) && names.size() > 2);
        String directory = parent(file.path());
        return isRoot
                && names.getLast().equals(SETTINGS)
                && !exists(directory)
                && versions.after(directory + "/HEAD").isPresent();
    }

    /** Git runs a hook by its exact name; {@code init} puts these beside it. */
    private boolean isSampleHook(ChangedFile file) throws IOException {
        if (!file.change().equals("created")) {
            return false;
        }
        boolean isFolder = file.path().endsWith("/");
        String path = isFolder ? file.path().substring(0, file.path().length() - 1) : file.path();
        String hooks = isFolder ? path : parent(path);
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean isSample = file.afterSha256().isPresent()
                && name.endsWith(SAMPLE)
                && SAMPLES.contains(name.substring(0, name.length() - SAMPLE.length()));
        return (isFolder || isSample) && hooks.endsWith("/" + HOOKS) && !exists(parent(hooks));
    }

    /** Templates of older versions of git have one for what a remote once was. */
    private boolean isEmptyFolderOfNew(ChangedFile file) {
        String path = file.path();
        return file.change().equals("created")
                && path.endsWith("/")
                && !exists(parent(path.substring(0, path.length() - 1)));
    }

    private boolean isWorktreePointer(ChangedFile file, Inside inside) throws IOException {
        List<String> names = inside.names();
        if (names.size() != 3 || !names.getFirst().equals(WORKTREES)) {
            return false;
        }
        String worktree = parent(file.path());
        return switch (file.change()) {
            case "created" -> !exists(worktree) && pointers.isWorktree(worktree);
            case "deleted" -> pointers.isGone(worktree);
            default -> false;
        };
    }

    private boolean exists(String path) {
        return Files.exists(workspace.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isNewOrEmpty(String folder) throws IOException {
        if (!exists(folder)) {
            return true;
        }
        Path path = workspace.resolve(folder);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(path)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
