package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.git.GitEffects;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Going through an ended commit once more: taking it back, or bringing back what was taken back. Closed without a commit,
 * nothing happened. Used by one thread.
 */
public final class Reversal implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Reversal.class);

    private final Path workspace;
    private final CommitFolder commit;
    private final Direction direction;
    private final CommitManifest commitManifest;
    private boolean undecided;

    private Reversal(Path workspace, CommitFolder commit, Direction direction, CommitManifest commitManifest) {
        this.workspace = workspace;
        this.commit = commit;
        this.direction = direction;
        this.commitManifest = commitManifest;
    }

    public static Reversal begin(Path workspace, CommitFolder commit, Direction direction) throws IOException {
        Staging.leave(commit.folder());
        commit.begin();
        return new Reversal(workspace, commit, direction, CommitManifest.in(commit.folder()));
    }

    /**
     * The paths that are not as the commit, or its undo, left them, or the first folder above them that is another one by
     * now; while there are any, nothing can be done. */
    public List<String> changedSince() throws IOException {
        Optional<String> other = commitManifest.base().firstOther(workspace, commitManifest.changeList());
        if (other.isPresent()) {
            return List.of(other.get());
        }
        try (DirectoryHandle root = DirectoryHandle.root(workspace)) {
            return commitManifest
                    .start(direction)
                    .inventory()
                    .differences(TreeSnapshot.now(root, commitManifest.changeList()));
        }
    }

    /** The first path, if any, that nobody may change this way. */
    public Optional<Obstacle> obstacle() throws IOException {
        return guard().obstacle();
    }

    /** What it will do by way of git. */
    public GitEffects gitEffects() throws IOException {
        return guard().effects();
    }

    private GitGuard guard() {
        List<Change> changes = commitManifest.changeList();
        ReversalVersions versions = new ReversalVersions(workspace, commit.folder(), changes, direction);
        return new GitGuard(workspace, files(), changes, direction, versions);
    }

    /** What it will do, for people. */
    public List<ChangedFile> files() {
        return commitManifest.files(direction);
    }

    /**
     * Puts on disk what is needed, even after a crash.
     *
     * @return what to commit
     */
    public List<Change> prepare() throws IOException {
        try (DirectoryHandle root = commitManifest.base().root(workspace)) {
            List<Change> prepared = commit.prepare(workspace, root, direction, commitManifest);
            undecided = true;
            return prepared;
        }
    }

    /**
     * Brings it into the workspace, all or none.
     *
     * @throws CommitFailure if that failed; it says whether the workspace is as it was
     */
    public Committed commit(List<Change> prepared) throws IOException {
        return commit.finish(workspace, prepared, direction);
    }

    /** The journal knows how it ended. */
    public void settled() {
        undecided = false;
    }

    @Override
    public void close() {
        if (undecided) {
            return;
        }
        try {
            Staging.leave(commit.folder());
        } catch (IOException e) {
            LOG.warnf(e, "staged files cannot be removed, trying again at the next start folder=%s", commit.folder());
        }
    }
}
