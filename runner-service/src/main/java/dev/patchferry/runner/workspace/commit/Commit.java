package dev.patchferry.runner.workspace.commit;

import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.FileErrors;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.PathText;
import java.io.IOException;
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
    private final DirectoryHandle root;
    private final StagedFiles staged;
    private final FileTime began;
    private final OwnRenames ownRenames = new OwnRenames();
    private final Recency recency;
    private final TreeSnapshot goal;
    private final Identities base;
    private final OpenFiles openFiles = new OpenFiles();

    /**
     * @param began what goes must not have changed since
     * @param goal what the workspace is to have afterwards
     * @param base what of the workspace the changes are for
     */
    Commit(DirectoryHandle root, StagedFiles staged, FileTime began, TreeSnapshot goal, Identities base) {
        this.root = root;
        this.staged = staged;
        this.began = began;
        this.recency = new Recency(began, ownRenames);
        this.goal = goal;
        this.base = base;
    }

    /**
     * Makes all moves or none.
     *
     * @return the paths of which is not known whether a program has them open for writing
     * @throws CommitFailure if one could not be made; it says whether those before it were reversed
     */
    List<String> run(List<Change> changes, Direction direction) throws IOException {
        List<Integer> order = IntStream.range(0, changes.size()).boxed().toList();
        if (direction == Direction.BACK) {
            order = order.reversed();
        }
        for (int index : order) {
            try (CommitMove commitMove = site(changes, index)) {
                if (takesFromItsPlace(commitMove, direction)) {
                    prepare(commitMove, staged.isBrought(commitMove.change(), index, direction), direction);
                }
            } catch (IOException e) {
                throw failure(changes.get(index), e, reverse(changes, order.reversed(), direction));
            }
        }
        for (int index : order) {
            try (CommitMove commitMove = site(changes, index)) {
                requireSameFolder(commitMove.change(), commitMove.target().stat(), changes);
                bring(commitMove, staged.isBrought(commitMove.change(), index, direction), direction);
                CrashPoint.RUNNER_CHANGE_APPLIED.reached();
            } catch (IOException e) {
                throw failure(changes.get(index), e, reverse(changes, order.reversed(), direction));
            }
        }
        return openFiles.unchecked();
    }

    private void prepare(CommitMove commitMove, boolean isBrought, Direction direction) throws IOException {
        if (isBrought) {
            addEarlierRename(commitMove.taken(direction).stat());
        } else {
            openFiles.requireClosed(commitMove.target(), commitMove.change().path());
        }
    }

    /** Whoever wrote to it after the crash, by another of its names, changed its content later than this commit began. */
    private void addEarlierRename(FileStat taken) {
        if (taken.modified().compareTo(began) < 0) {
            ownRenames.add(taken);
        }
    }

    private static CommitFailure failure(Change change, IOException e, List<String> left) {
        String path = e instanceof OpenForWriting open ? open.getFile() : change.path();
        return new CommitFailure(path, e, left);
    }

    private CommitMove site(List<Change> changes, int index) throws IOException {
        Change change = changes.get(index);
        return CommitMove.of(change, EntryLocation.in(base.open(root, change.parent()), change.path()), staged, index);
    }

    /** Of a folder that gets other permissions, unless it is one that this commit has made. */
    private void requireSameFolder(Change change, FileStat now, List<Change> changes) throws ConcurrentChange {
        if (change instanceof Change.SetMode
                && base.isOther(change.path(), now)
                && !changes.contains(new Change.Create(change.path()))) {
            throw new ConcurrentChange(change.path());
        }
    }

    private void bring(CommitMove commitMove, boolean isBrought, Direction direction) throws IOException {
        if (isBrought) {
            requireAsBrought(commitMove, direction);
        } else {
            requireUntouched(commitMove, direction);
            move(commitMove, direction);
        }
    }

    private void move(CommitMove commitMove, Direction direction) throws IOException {
        if (takesFromItsPlace(commitMove, direction)) {
            try (OpenFiles.Held held =
                    openFiles.hold(commitMove.target(), commitMove.change().path())) {
                commitMove.move(direction);
                held.requireUnbroken();
                ownRenames.add(commitMove.taken(direction).stat());
            }
        } else {
            commitMove.move(direction);
        }
    }

    private static boolean takesFromItsPlace(CommitMove commitMove, Direction direction) {
        return commitMove.takesAway(direction) || commitMove.change() instanceof Change.Replace;
    }

    /**
     * Reverses every move that was made, also after a crash those behind the place of trouble.
     *
     * @return the paths where that could not be done
     */
    private List<String> reverse(List<Change> changes, List<Integer> order, Direction direction) {
        List<String> left = new ArrayList<>();
        for (int index : order) {
            try {
                Change change = changes.get(index);
                if (change instanceof Change.SetMode || staged.isBrought(change, index, direction)) {
                    reverse(changes, index, direction);
                }
                CrashPoint.RUNNER_CHANGE_TAKEN_BACK.reached();
            } catch (ConcurrentChange e) {
                // a folder that is another one now got no permissions from here
                if (!(changes.get(index) instanceof Change.SetMode)) {
                    left.add(PathText.shown(changes.get(index).path()) + " (" + FileErrors.problem(e) + ")");
                }
            } catch (IOException e) {
                left.add(PathText.shown(changes.get(index).path()) + " (" + FileErrors.problem(e) + ")");
            }
        }
        return left;
    }

    private void reverse(List<Change> changes, int index, Direction direction) throws IOException {
        try (CommitMove commitMove = site(changes, index)) {
            requireSameFolder(commitMove.change(), commitMove.target().stat(), changes);
            requireAsBrought(commitMove, direction);
            commitMove.move(direction.opposite());
        }
    }

    /** What was brought before may have been changed since: by somebody else, after a crash. */
    private void requireAsBrought(CommitMove commitMove, Direction direction) throws IOException {
        boolean gone =
                commitMove.takesAway(direction) && commitMove.target().stat().isAbsent();
        if (!gone
                && !commitMove.isOnlyPermissions()
                && !goal.describes(commitMove.change().path(), commitMove.target())) {
            throw new ConcurrentChange(commitMove.change().path());
        }
    }

    /** A folder's own time is no sign: it also changes with what this commit itself does in it. */
    private void requireUntouched(CommitMove commitMove, Direction direction) throws IOException {
        if (!takesFromItsPlace(commitMove, direction)) {
            return;
        }
        FileStat there = commitMove.target().stat();
        if (there.isAbsent()) {
            return;
        }
        if (direction == Direction.FORWARD && base.isOther(commitMove.change().path(), there)) {
            throw new ConcurrentChange(commitMove.change().path());
        }
        try (EntryHandle now = commitMove.target().open()) {
            if (now.kind().isDirectory() ? recency.changedWithin(now.asDirectory()) : recency.isLater(now.kind())) {
                throw new ConcurrentChange(commitMove.change().path());
            }
        }
    }
}
