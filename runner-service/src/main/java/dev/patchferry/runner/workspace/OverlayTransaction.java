package dev.patchferry.runner.workspace;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.runner.diff.Pace;
import dev.patchferry.runner.git.GitEffects;
import dev.patchferry.runner.workspace.commit.Change;
import dev.patchferry.runner.workspace.commit.ChangeFingerprint;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.ChangeSetDiff;
import dev.patchferry.runner.workspace.commit.CommitFolder;
import dev.patchferry.runner.workspace.commit.Committed;
import dev.patchferry.runner.workspace.commit.Conflicts;
import dev.patchferry.runner.workspace.commit.Direction;
import dev.patchferry.runner.workspace.commit.GitGuard;
import dev.patchferry.runner.workspace.commit.KeptCommits;
import dev.patchferry.runner.workspace.commit.LayerVersions;
import dev.patchferry.runner.workspace.commit.Obstacle;
import dev.patchferry.runner.workspace.commit.Recency;
import dev.patchferry.runner.workspace.commit.RenderedDiff;
import dev.patchferry.runner.workspace.commit.Staging;
import dev.patchferry.runner.workspace.commit.StateLinks;
import dev.patchferry.runner.workspace.commit.UpperLayer;
import dev.patchferry.runner.workspace.fs.AccessLists;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.FileErrors;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in a folder of its own: {@code upper} takes the changes, {@code work} belongs to overlayfs. For a
 * command the two layers are mounted over the workspace's own path, in a namespace of the command's own. Beginning costs the same whatever the workspace's size.
 */
public final class OverlayTransaction implements Transaction {
    private static final Logger LOG = Logger.getLogger(OverlayTransaction.class);

    private final Workspace workspace;
    private final Path folder;
    private final Path state;
    private final KeptCommits kept;
    private final Owner owner;
    private final FileTime began;
    private final DirectoryHandle lowerRoot;
    private final DirectoryHandle upperRoot;
    private final LayeredTree tree;
    private final FileSteps steps;
    private TreeSurvey survey = TreeSurvey.NOTHING;
    private boolean undecided;
    private boolean isWorkUsed;
    private @Nullable HomeLayer home;

    private OverlayTransaction(
            Workspace workspace, Path folder, Path state, KeptCommits kept, DirectoryHandle root, FileTime began)
            throws IOException {
        this.workspace = workspace;
        this.folder = folder;
        this.state = state;
        this.kept = kept;
        this.lowerRoot = root;
        this.owner = root.kind().owner();
        this.began = began;
        this.upperRoot = DirectoryHandle.root(upper());
        this.tree = new LayeredTree(upperRoot, lowerRoot, owner);
        this.steps = new FileSteps(tree);
    }

    /**
     * Begins.
     *
     * @param folder does not exist yet, on a file system that can hold an upper layer
     * @param state everything the runner keeps
     * @param kept takes the folder over after the commit
     * @param survey what the workspace's files have in common
     */
    static OverlayTransaction begin(Workspace workspace, Path folder, Path state, KeptCommits kept, TreeSurvey survey)
            throws IOException {
        DirectoryHandle root = DirectoryHandle.root(workspace.root());
        try {
            for (String part : List.of("", "upper", "work")) {
                Files.createDirectories(folder.resolve(part));
                root.kind().owner().claim(folder.resolve(part));
            }
            try (DirectoryHandle upper = DirectoryHandle.root(folder.resolve("upper"))) {
                AccessLists.copy(root, upper);
                upper.claim(root.kind().owner());
                upper.setMode(root.kind().mode());
            }
            FileTime began = new CommitFolder(folder).begin();
            OverlayTransaction begun = new OverlayTransaction(workspace, folder, state, kept, root, began);
            begun.survey = survey;
            return begun;
        } catch (IOException | RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /** Goes on with one that was kept, also after a crash. */
    static Proposal resume(Workspace workspace, Path folder, Path state, KeptCommits kept) throws IOException {
        Staging.leave(folder);
        // even if that is a link by now: what is compared before anything is done will tell
        DirectoryHandle root = DirectoryHandle.trusted(workspace.root());
        try {
            FileTime began = new CommitFolder(folder).began();
            OverlayTransaction transaction = new OverlayTransaction(workspace, folder, state, kept, root, began);
            transaction.undecided = true;
            return new Proposal(transaction, Proposal.changes(folder));
        } catch (IOException | RuntimeException e) {
            root.close();
            throw e;
        }
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
    public Trees.Size size(long mostBytes, int mostEntries) throws IOException {
        try {
            return Trees.size(upperRoot, mostBytes, mostEntries);
        } catch (FileSystemException e) {
            throw FileErrors.below(upper(), e);
        }
    }

    @Override
    public ChangeSet changes() throws IOException {
        try {
            return UpperLayer.read(upperRoot, lowerRoot, owner, new Recency(began), tree.copied());
        } catch (FileSystemException e) {
            throw FileErrors.below(upper(), e);
        }
    }

    @Override
    public RenderedDiff diff(ChangeSet changes, Pace pace, Predicate<byte[]> holdsSecret) throws IOException {
        return ChangeSetDiff.of(changes, lower(), upper(), pace, holdsSecret);
    }

    @Override
    public String fingerprint(ChangeSet changes, BooleanSupplier stop) throws IOException {
        return ChangeFingerprint.of(changes.changes(), upper(), stop);
    }

    @Override
    public Optional<Obstacle> obstacle(ChangeSet changes) throws IOException {
        Optional<Obstacle> guarded = guard(changes).obstacle();
        Optional<Obstacle> forbidden = guarded.isPresent()
                ? guarded
                : new StateLinks(workspace.root(), state.toRealPath(), upper(), changes.files()).obstacle();
        return forbidden.isPresent()
                ? forbidden
                : Conflicts.first(workspace.root(), began, changes).map(path -> new Obstacle("conflict", path, ""));
    }

    @Override
    public GitEffects gitEffects(ChangeSet changes) throws IOException {
        return guard(changes).effects();
    }

    private GitGuard guard(ChangeSet changes) {
        LayerVersions versions = new LayerVersions(lower(), upper(), changes.files());
        return new GitGuard(lower(), changes.files(), changes.changes(), Direction.FORWARD, versions);
    }

    @Override
    public List<Change> prepare(ChangeSet changes) throws IOException {
        undecided = true;
        return new CommitFolder(folder).prepare(workspace.root(), lowerRoot, changes);
    }

    @Override
    public void keep(ChangeSet changes) throws IOException {
        Proposal.save(changes, folder);
        NativeFiles.syncFileSystem(folder);
        undecided = true;
    }

    @Override
    public Committed commit(List<Change> prepared) throws IOException {
        return kept.land(workspace.root(), new CommitFolder(folder), prepared);
    }

    /** HOME as the commands of this patch see it. */
    public HomeLayer home(Workspace mine) throws IOException {
        HomeLayer begun = home;
        if (begun == null || begun.isSpoiled()) {
            // Beside the transaction, which is kept when it is committed or proposed; this is not.
            Path layer = folder.resolveSibling(folder.getFileName() + ".home");
            Trees.delete(layer);
            begun = HomeLayer.begin(mine, layer, owner);
            home = begun;
        }
        return begun;
    }

    @Override
    public void keepHome(HomeLayer.Keep keep) {
        if (home != null) {
            home.settle(keep);
        }
    }

    @Override
    public void settled() {
        undecided = false;
    }

    @Override
    public void close() {
        upperRoot.close();
        lowerRoot.close();
        try {
            if (home != null) {
                home.drop();
            }
            if (!undecided) {
                new CommitFolder(folder).drop();
            }
        } catch (IOException e) {
            LOG.warnf(e, "transaction cannot be removed, trying again at the next start folder=%s", folder);
        }
    }

    /** The lower layer: the workspace itself. */
    public Path lower() {
        return workspace.root();
    }

    /** What the workspace's files had in common shortly before. */
    public TreeSurvey survey() {
        return survey;
    }

    /** Where changes go. */
    public Path upper() {
        return folder.resolve("upper");
    }

    /** Makes scratch space for one mount, on the file system of the upper layer: a volatile mount takes none that was used. */
    public Path newWork() throws IOException {
        if (!isWorkUsed) {
            isWorkUsed = true;
            return folder.resolve("work");
        }
        Path work = Files.createTempDirectory(folder.resolve("work"), "mount");
        owner.claim(work);
        return work;
    }
}
