package dev.patchferry.runner.workspace;

import dev.patchferry.foundation.crash.CrashPoint;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brings a list of changes into the workspace, or takes one back, by renames, each of which leaves the old thing or the
 * new one; if one cannot be made, those before it are reversed. Going through a list again after a crash goes on where it
 * stopped.
 *
 * <p>What is replaced or removed goes into the transaction's folder, so that it can be put back. Each path is the old
 * thing or the new one; a third thing is somebody else's and stops the commit.
 */
final class Commit {
    private final Path workspace;
    private final Staging staging;
    private final FileTime began;
    private final Inventory goal;

    /**
     * @param began what goes must not have changed since
     * @param goal what the workspace is to have afterwards
     */
    Commit(Path workspace, Staging staging, FileTime began, Inventory goal) {
        this.workspace = workspace;
        this.staging = staging;
        this.began = began;
        this.goal = goal;
    }

    /**
     * Makes all moves or none.
     *
     * @throws CommitFailure if one could not be made; it says whether those before it were reversed
     */
    void run(List<Change> changes, Direction direction) throws IOException {
        Files.createDirectories(staging.removed());
        List<Integer> order = IntStream.range(0, changes.size()).boxed().toList();
        if (direction == Direction.BACK) {
            order = order.reversed();
        }
        try (Beneath root = Beneath.root(workspace)) {
            for (int index : order) {
                try {
                    bring(root, site(changes, index), direction);
                    CrashPoint.RUNNER_CHANGE_APPLIED.reached();
                } catch (IOException e) {
                    throw new CommitFailure(
                            changes.get(index).path(), e, reverse(root, changes, order.reversed(), direction));
                }
            }
        }
    }

    private Site site(List<Change> changes, int index) {
        return new Site(changes.get(index), staging.fresh(changes.get(index)), staging.removed(index));
    }

    private void bring(Beneath root, Site site, Direction direction) throws IOException {
        try (Beneath parent = root.open(site.change().parent())) {
            if (site.isBrought(direction)) {
                requireAsBrought(site, parent, direction);
            } else {
                requireUntouched(site, parent, direction);
                site.move(parent, direction);
            }
        }
    }

    /**
     * Reverses every move that was made, also after a crash those behind the place of trouble.
     *
     * @return the paths where that could not be done
     */
    private List<String> reverse(Beneath root, List<Change> changes, List<Integer> order, Direction direction) {
        List<String> left = new ArrayList<>();
        for (int index : order) {
            try {
                reverse(root, site(changes, index), direction);
                CrashPoint.RUNNER_CHANGE_TAKEN_BACK.reached();
            } catch (IOException e) {
                left.add(changes.get(index).path() + " (" + FileTrouble.problem(e) + ")");
            }
        }
        return left;
    }

    private void reverse(Beneath root, Site site, Direction direction) throws IOException {
        if (site.isBrought(direction) || site.isOnlyPermissions()) {
            try (Beneath parent = root.open(site.change().parent())) {
                requireAsBrought(site, parent, direction);
                site.move(parent, direction.opposite());
            }
        }
    }

    /** What was brought before may have been changed since: by somebody else, after a crash. */
    private void requireAsBrought(Site site, Beneath parent, Direction direction) throws IOException {
        boolean gone =
                site.takesAway(direction) && FileKind.of(site.target(parent)).isAbsent();
        if (!gone && !site.isOnlyPermissions() && !goal.describes(site.change().path(), site.target(parent))) {
            throw new ChangedMeanwhile(site.change().path());
        }
    }

    /** A folder's own time is no sign: it also changes with what this commit itself does in it. */
    private void requireUntouched(Site site, Beneath parent, Direction direction) throws IOException {
        if (!site.takesAway(direction) && !(site.change() instanceof Change.Replace)) {
            return;
        }
        FileKind now = FileKind.of(site.target(parent));
        if (now.isDirectory() ? changedWithin(site.target(parent)) : isLater(now)) {
            throw new ChangedMeanwhile(site.change().path());
        }
    }

    private boolean changedWithin(Path folder) throws IOException {
        if (!Files.isReadable(folder)) {
            return false;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                FileKind kind = FileKind.of(child);
                if (isLater(kind) || (kind.isDirectory() && changedWithin(child))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isLater(FileKind kind) {
        return kind.changed().compareTo(began) >= 0;
    }
}
