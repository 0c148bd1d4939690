package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.git.GitDataChanges;
import dev.patchferry.runner.git.GitEffects;
import dev.patchferry.runner.git.GitEntry;
import dev.patchferry.runner.git.OwnersGit;
import dev.patchferry.runner.git.Versions;
import dev.patchferry.runner.workspace.commit.GitDirectories.Inside;
import dev.patchferry.runner.workspace.fs.PathText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Guards what the owner's next git command runs, and which repositories it reads and writes, against changes by a patch,
 * an undo or a redo. Objects, refs and the index are for patches to change; what those changes come to is told, so that a
 * policy can decide about it.
 */
public final class GitGuard {
    private static final String REASON = "protected_path";
    private static final String MADE = "it would be a part of a new repository, whose settings git would follow";
    private static final String LINK = "git writes through links in its own directory, wherever they lead";
    private static final String DISGUISED =
            "it lies among the refs and objects of a repository and is none of them; its folder could be used as a repository";
    private static final String INDEX =
            "it is an index that git itself does not write, with entries that lead into a git directory or out of the"
                    + " worktree, or that cannot be read";

    private final Path workspace;
    private final List<ChangedFile> files;
    private final List<Change> changes;
    private final Versions versions;
    private final GitDirectories directories;
    private final GitEntries entries;
    private final HarmlessGitChanges harmless;
    private final Direction direction;

    /**
     * For one change.
     *
     * @param workspace its root, still without the change
     * @param files what changes, as people see it
     * @param changes the same in steps
     * @param direction in which the steps are gone through
     * @param versions the content of what changes
     */
    public GitGuard(
            Path workspace, List<ChangedFile> files, List<Change> changes, Direction direction, Versions versions) {
        this.workspace = workspace;
        this.files = files;
        this.changes = changes;
        this.direction = direction;
        this.versions = versions;
        this.directories = new GitDirectories(workspace, files);
        this.entries = new GitEntries(workspace, versions);
        this.harmless = new HarmlessGitChanges(workspace, versions);
    }

    /** The first path that may not change. */
    public Optional<Obstacle> obstacle() throws IOException {
        for (ChangedFile file : files) {
            Optional<String> why = whyNot(file);
            if (why.isPresent()) {
                return Optional.of(new Obstacle(REASON, file.path(), why.get()));
            }
        }
        return changes.stream()
                .filter(change -> change.name().equalsIgnoreCase(".git"))
                .filter(change -> !comesOrGoes(change))
                .findFirst()
                .map(change -> new Obstacle(REASON, change.path(), HarmlessGitChanges.KIND));
    }

    /** Whether a git directory, whose content was looked at, only comes, or a file that leads to one only comes or goes. */
    private boolean comesOrGoes(Change change) {
        boolean isNew = !Files.exists(workspace.resolve(change.path()), LinkOption.NOFOLLOW_LINKS);
        boolean isFile = Files.isRegularFile(workspace.resolve(change.path()), LinkOption.NOFOLLOW_LINKS);
        return switch (change) {
            case Change.SetMode _ -> true;
            case Change.Replace _ -> false;
            case Change.Create _ -> isNew || direction == Direction.BACK;
            case Change.Remove _ -> direction == Direction.BACK ? isNew : isFile;
        };
    }

    /** An undo only brings back what was there before the patch, and that was the owner's or harmless. */
    private boolean isUndone(Inside inside) {
        return direction == Direction.BACK && inside.isByName();
    }

    private Optional<String> whyNot(ChangedFile file) throws IOException {
        Optional<Inside> found = directories.find(file.path());
        if (found.isEmpty() || isUndone(found.get())) {
            return Optional.empty();
        }
        Inside inside = found.get();
        if (inside.names().isEmpty()) {
            return harmless.refusal(file);
        }
        if (inside.isMade()) {
            return Optional.of(MADE);
        }
        Optional<String> misplaced = inside.isInAnother()
                ? Optional.of(HarmlessGitChanges.KIND)
                : harmless.refusalOfPlace(inside.directory());
        return misplaced.isPresent() ? misplaced : whyNot(file, inside);
    }

    private Optional<String> whyNot(ChangedFile file, Inside inside) throws IOException {
        GitEntry entry = entries.of(inside);
        if (entry.isProtected()) {
            Optional<String> refusal = harmless.refusal(file, inside, entry);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        if (entries.isDisguised(file, inside)) {
            return Optional.of(DISGUISED);
        }
        if (leadsElsewhere(file)) {
            return Optional.of(LINK);
        }
        boolean isIndex = !file.change().equals("deleted") && GitDataChanges.isIndex(inside.name());
        return isIndex
                        && versions.after(file.path())
                                .filter(GitDataChanges::isHostileIndex)
                                .isPresent()
                ? Optional.of(INDEX)
                : Optional.empty();
    }

    /** What the change does by way of git. */
    public GitEffects effects() throws IOException {
        GitDataChanges data = new GitDataChanges(versions);
        Set<Path> touched = new HashSet<>();
        Map<String, String> stored = new HashMap<>();
        for (ChangedFile file : files) {
            touched.add(PathText.path(file.path()));
            Optional<Inside> found = directories
                    .find(file.path())
                    .filter(inside -> !inside.names().isEmpty());
            if (found.isEmpty()) {
                continue;
            }
            Inside inside = found.get();
            if (!inside.isMade() && GitEntry.isStored(inside.names())) {
                stored.put(file.path(), inside.directory());
            }
            if (!file.change().equals("mode") && entries.of(inside) == GitEntry.HISTORY) {
                data.add(inside.directory(), inside.name());
            }
        }
        return touched.isEmpty()
                ? GitEffects.NONE
                : data.effects(OwnersGit.executed(workspace, touched).without(stored));
    }

    /** A file has a hash; what is there without one, and is no folder, is a link or cannot be looked into. */
    private static boolean leadsElsewhere(ChangedFile file) {
        return file.afterSha256().isEmpty()
                && !file.path().endsWith("/")
                && !file.change().equals("deleted")
                && !file.change().equals("mode");
    }
}
