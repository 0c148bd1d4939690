package dev.patchferry.runner.workspace;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.runner.diff.Pace;
import dev.patchferry.runner.git.GitEffects;
import dev.patchferry.runner.workspace.commit.Change;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.CommitFailure;
import dev.patchferry.runner.workspace.commit.Committed;
import dev.patchferry.runner.workspace.commit.Obstacle;
import dev.patchferry.runner.workspace.commit.RenderedDiff;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The span in which a patch works on its workspace. Closed without a commit, an overlay leaves the workspace as it was.
 * Used by one thread.
 */
public sealed interface Transaction extends AutoCloseable permits OverlayTransaction, DirectTransaction {
    /** Does one step that needs no command. */
    StepResult apply(Step.FileStep step) throws IOException;

    /** The first path whose content is not what the sender saw: path to SHA-256, in hex. */
    Optional<String> firstNotMatching(Map<WorkspacePath, String> base) throws IOException;

    /**
     * How much the patch has written so far.
     *
     * @param mostBytes where counting may stop
     * @param mostEntries the same for files and folders
     */
    Trees.Size size(long mostBytes, int mostEntries) throws IOException;

    /** What the patch changed. After this no command may run in the transaction. */
    ChangeSet changes() throws IOException;

    /**
     * The changes as a unified diff; before they are committed.
     *
     * @param holdsSecret whether content must not be shown in an encoding in which nobody would find the secret in it
     */
    RenderedDiff diff(ChangeSet changes, Pace pace, Predicate<byte[]> holdsSecret) throws IOException;

    /**
     * The SHA-256 of what a commit of the changes would bring in, read from the files as they are now.
     *
     * @param stop asked between two files; once it says so, the result means nothing
     */
    String fingerprint(ChangeSet changes, BooleanSupplier stop) throws IOException;

    /** The first path, if any, that somebody else changed meanwhile, or that no patch may change. */
    Optional<Obstacle> obstacle(ChangeSet changes) throws IOException;

    /** What the changes do by way of git; before they are committed. */
    GitEffects gitEffects(ChangeSet changes) throws IOException;

    /**
     * Puts what was written so far on disk, where it can be committed from even after a crash.
     *
     * @return what to commit, in order
     */
    List<Change> prepare(ChangeSet changes) throws IOException;

    /**
     * Puts on disk what was written so far, and what it changes: from now on it outlives {@link #close} and a crash, until
     * it is settled or dropped.
     */
    void keep(ChangeSet changes) throws IOException;

    /**
     * Brings prepared changes into the workspace, all or none.
     *
     * @throws CommitFailure if that failed; it says whether the workspace is as it was
     */
    Committed commit(List<Change> prepared) throws IOException;

    /** Keeps of what the patch did to HOME what is to be kept; the rest is dropped with the transaction. */
    void keepHome(HomeLayer.Keep keep);

    /** The journal knows how the patch ended: nothing of the transaction is needed any more. */
    void settled();

    /**
     * Drops everything, unless it was kept or prepared and is not settled: then only the journal can tell, after a
     * restart, what is to become of it.
     */
    @Override
    void close();
}
