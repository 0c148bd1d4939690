package dev.patchferry.runner.workspace;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.runner.diff.Pace;
import dev.patchferry.runner.git.GitEffects;
import dev.patchferry.runner.workspace.commit.Change;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.Committed;
import dev.patchferry.runner.workspace.commit.Identities;
import dev.patchferry.runner.workspace.commit.Obstacle;
import dev.patchferry.runner.workspace.commit.RenderedDiff;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * No transaction at all, for {@code FERRY_SANDBOX=none}: every step takes effect at once and stays, and what commands
 * changed is not known.
 */
public final class DirectTransaction implements Transaction {
    private final DirectoryHandle root;
    private final FileSteps steps;

    DirectTransaction(Workspace workspace) throws IOException {
        this.root = DirectoryHandle.rootWithMounts(workspace.root());
        this.steps = new FileSteps(new LayeredTree(root, null, root.kind().owner()));
    }

    @Override
    public StepResult apply(Step.FileStep step) throws IOException {
        return steps.apply(step);
    }

    @Override
    public Optional<String> firstNotMatching(Map<WorkspacePath, String> base) throws IOException {
        return steps.firstNotMatching(base);
    }

    @Override
    public Trees.Size size(long mostBytes, int mostEntries) {
        return new Trees.Size(0, 0);
    }

    @Override
    public ChangeSet changes() {
        return new ChangeSet(List.of(), List.of(), Set.of(), List.of(), Identities.NONE, Optional.empty());
    }

    @Override
    public RenderedDiff diff(ChangeSet changes, Pace pace, Predicate<byte[]> holdsSecret) {
        return RenderedDiff.NONE;
    }

    @Override
    public String fingerprint(ChangeSet changes, BooleanSupplier stop) {
        throw new IllegalStateException("without a transaction nothing can wait to take effect");
    }

    @Override
    public Optional<Obstacle> obstacle(ChangeSet changes) {
        return Optional.empty();
    }

    @Override
    public GitEffects gitEffects(ChangeSet changes) {
        return GitEffects.NONE;
    }

    @Override
    public List<Change> prepare(ChangeSet changes) {
        return changes.changes();
    }

    @Override
    public void keep(ChangeSet changes) {
        throw new IllegalStateException("without a transaction nothing can wait to take effect");
    }

    @Override
    public Committed commit(List<Change> prepared) {
        return Committed.WHOLE.lost("there is no transaction here, so nothing of what was there before is kept");
    }

    @Override
    public void keepHome(HomeLayer.Keep keep) {
        // commands use the runner's own HOME
    }

    @Override
    public void settled() {
        // nothing is held
    }

    @Override
    public void close() {
        root.close();
    }
}
