package dev.patchferry.runner.workspace;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.git.GitDataChanges;
import dev.patchferry.runner.git.GitEffects;
import dev.patchferry.runner.git.GitEntry;
import dev.patchferry.runner.git.HarmlessSettings;
import dev.patchferry.runner.git.OwnersGit;
import dev.patchferry.runner.git.Versions;
import dev.patchferry.runner.workspace.GitDirectories.Inside;
import dev.patchferry.runner.workspace.Transaction.Obstacle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Guards what the owner's next git command runs, and which repositories it reads and writes, against changes by a patch,
 * an undo or a redo. Objects, refs and the index are for patches to change; what those changes come to is told, so that a
 * policy can decide about it.
 */
final class GitGuard {
    private static final String REASON = "protected_path";
    private static final String KIND = "whether it is a git directory, and which, decides what git runs";
    private static final String MADE = "it would be a part of a new repository, whose settings git would follow";
    private static final String LINK = "git writes through links in its own directory, wherever they lead";
    private static final String INDEX =
            "it is an index that git itself does not write, with entries that lead into a git directory or out of the"
                    + " worktree, or that cannot be read";

    private final Path workspace;
    private final List<ChangedFile> files;
    private final List<Change> changes;
    private final Versions versions;
    private final GitDirectories directories;

    /**
     * For one change.
     *
     * @param workspace its root, still without the change
     * @param files what changes, as people see it
     * @param changes the same in steps
     * @param versions the content of what changes
     */
    GitGuard(Path workspace, List<ChangedFile> files, List<Change> changes, Versions versions) {
        this.workspace = workspace;
        this.files = files;
        this.changes = changes;
        this.versions = versions;
        this.directories = new GitDirectories(workspace, files);
    }

    /** The first path that may not change. */
    Optional<Obstacle> obstacle() throws IOException {
        for (ChangedFile file : files) {
            Optional<String> why = whyNot(file);
            if (why.isPresent()) {
                return Optional.of(new Obstacle(REASON, file.path(), why.get()));
            }
        }
        return changes.stream()
                .filter(change -> !(change instanceof Change.SetMode))
                .filter(change -> change.name().equalsIgnoreCase(".git"))
                .findFirst()
                .map(change -> new Obstacle(REASON, change.path(), KIND));
    }

    private Optional<String> whyNot(ChangedFile file) throws IOException {
        Optional<Inside> found = directories.find(file.path());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Inside inside = found.get();
        if (inside.names().isEmpty()) {
            return Optional.of(KIND);
        }
        if (inside.isMade()) {
            return Optional.of(MADE);
        }
        GitEntry entry = GitEntry.of(inside.names());
        boolean goes = file.change().equals("deleted");
        if (entry.isProtected() && !(goes && entry.mayGo()) && !isHarmless(file, entry)) {
            return entry.why();
        }
        if (leadsElsewhere(file)) {
            return Optional.of(LINK);
        }
        boolean isIndex = !goes && GitDataChanges.isIndex(inside.name());
        return isIndex
                        && versions.after(file.path())
                                .filter(GitDataChanges::isHostileIndex)
                                .isPresent()
                ? Optional.of(INDEX)
                : Optional.empty();
    }

    private boolean isHarmless(ChangedFile file, GitEntry entry) throws IOException {
        if (entry != GitEntry.SETTINGS || !file.change().equals("modified") || leadsElsewhere(file)) {
            return false;
        }
        Optional<byte[]> before = versions.before(file.path());
        Optional<byte[]> after = versions.after(file.path());
        return before.isPresent() && after.isPresent() && HarmlessSettings.alone(before.get(), after.get());
    }

    /** What the change does by way of git. */
    GitEffects effects() throws IOException {
        GitDataChanges data = new GitDataChanges(versions);
        Set<Path> touched = new HashSet<>();
        for (ChangedFile file : files) {
            touched.add(PathText.path(file.path()));
            directories
                    .find(file.path())
                    .filter(inside -> !inside.names().isEmpty())
                    .filter(inside -> GitEntry.of(inside.names()) == GitEntry.HISTORY)
                    .filter(_ -> !file.change().equals("mode"))
                    .ifPresent(inside -> data.add(inside.directory(), inside.name()));
        }
        return touched.isEmpty() ? GitEffects.NONE : data.effects(OwnersGit.executed(workspace, touched));
    }

    /** A file has a hash; what is there without one, and is no folder, is a link or cannot be looked into. */
    private static boolean leadsElsewhere(ChangedFile file) {
        return file.afterSha256().isEmpty()
                && !file.path().endsWith("/")
                && !file.change().equals("deleted")
                && !file.change().equals("mode");
    }
}
