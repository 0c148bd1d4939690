package dev.patchferry.runner.workspace;

import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The span in which a patch works on its workspace. Closed without a commit, an overlay leaves the workspace as it was.
 * Used by one thread.
 */
public sealed interface Transaction extends AutoCloseable permits OverlayTransaction, InPlace {
    /** Does one step that needs no command. */
    StepResult apply(Step.FileStep step) throws IOException;

    /** The first path whose content is not what the sender saw: path to SHA-256, in hex. */
    Optional<String> firstNotMatching(Map<WorkspacePath, String> base) throws IOException;

    /** What the patch changed. After this no command may run in the transaction. */
    ChangeSet changes() throws IOException;

    /** The changes as a unified diff; before they are committed. */
    String diff(ChangeSet changes) throws IOException;

    /** The first path, if any, that somebody else changed meanwhile, or that no patch may change. */
    Optional<Obstacle> obstacle(ChangeSet changes) throws IOException;

    /** Puts what was written so far on disk, so that it can be committed even after a crash. */
    void prepare() throws IOException;

    /**
     * Brings the changes into the workspace, all or none.
     *
     * @throws IOException if that failed; then the workspace is as it was
     */
    void commit(List<Change> changes) throws IOException;

    /** What {@code enforced.transaction} of a receipt says. */
    String kind();

    /** Drops what was not committed. */
    @Override
    void close() throws IOException;

    /**
     * Why a change set cannot be committed.
     *
     * @param reason {@code conflict} or {@code protected_path}
     */
    record Obstacle(String reason, String path) {}
}
