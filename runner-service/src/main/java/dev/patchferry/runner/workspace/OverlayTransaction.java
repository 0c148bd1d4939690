package dev.patchferry.runner.workspace;

import dev.patchferry.runner.diff.Pace;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
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

/**
 * A transaction in a folder of its own: {@code upper} takes the changes, {@code work} belongs to overlayfs. For a
 * command the two layers are mounted over the workspace's own path, in a namespace of the command's own. Beginning costs the same whatever the workspace's size.
 */
public final class OverlayTransaction implements Transaction {
    private static final Logger LOG = Logger.getLogger(OverlayTransaction.class);

    private final Workspace workspace;
    private final Path folder;
    private final KeptCommits kept;
    private final Owner owner;
    private final FileTime began;
    private final FileSteps steps;
    private boolean undecided;

    private OverlayTransaction(Workspace workspace, Path folder, KeptCommits kept, Owner owner, FileTime began) {
        this.workspace = workspace;
        this.folder = folder;
        this.kept = kept;
        this.owner = owner;
        this.began = began;
        this.steps = new FileSteps(new LayeredTree(upper(), workspace.root(), owner));
    }

    /**
     * Begins.
     *
     * @param folder does not exist yet, on a file system that can hold an upper layer
     * @param kept takes the folder over after the commit
     */
    static OverlayTransaction begin(Workspace workspace, Path folder, KeptCommits kept) throws IOException {
        Owner owner = Owner.of(workspace.root());
        for (String part : List.of("", "upper", "work")) {
            Files.createDirectories(folder.resolve(part));
            owner.claim(folder.resolve(part));
        }
        Files.setAttribute(
                folder.resolve("upper"),
                "unix:mode",
                FileKind.of(workspace.root()).mode());
        return new OverlayTransaction(workspace, folder, kept, owner, new CommitFolder(folder).begin());
    }

    /** Goes on with one that was kept, also after a crash. */
    static Proposal resume(Workspace workspace, Path folder, KeptCommits kept) throws IOException {
        Staging.leave(folder);
        OverlayTransaction transaction = new OverlayTransaction(
                workspace, folder, kept, Owner.of(workspace.root()), new CommitFolder(folder).began());
        transaction.undecided = true;
        return new Proposal(transaction, Proposal.changes(folder));
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
            return Trees.size(upper(), mostBytes, mostEntries);
        } catch (FileSystemException e) {
            throw FileTrouble.below(upper(), e);
        }
    }

    @Override
    public ChangeSet changes() throws IOException {
        try {
            return UpperLayer.read(upper(), workspace.root(), owner);
        } catch (FileSystemException e) {
            throw FileTrouble.below(upper(), e);
        }
    }

    @Override
    public RenderedDiff diff(ChangeSet changes, Pace pace, Predicate<byte[]> holdsSecret) throws IOException {
        return UnifiedDiff.of(changes, lower(), upper(), pace, holdsSecret);
    }

    @Override
    public String fingerprint(ChangeSet changes, BooleanSupplier stop) throws IOException {
        return ChangeFingerprint.of(changes.changes(), upper(), stop);
    }

    @Override
    public Optional<Obstacle> obstacle(ChangeSet changes) throws IOException {
        Optional<Obstacle> forbidden = ProtectedPaths.firstTouched(changes)
                .or(() -> new BareRepositories(lower(), upper()).firstTouched(changes))
                .map(path -> new Obstacle("protected_path", path));
        return forbidden.isPresent()
                ? forbidden
                : Conflicts.first(workspace.root(), began, changes).map(path -> new Obstacle("conflict", path));
    }

    @Override
    public List<Change> prepare(ChangeSet changes) throws IOException {
        undecided = true;
        return new CommitFolder(folder).prepare(workspace, changes);
    }

    @Override
    public void keep(ChangeSet changes) throws IOException {
        Proposal.save(changes, folder);
        NativeFiles.syncFileSystem(folder);
        undecided = true;
    }

    @Override
    public Optional<String> commit(List<Change> prepared) throws IOException {
        return kept.land(workspace, new CommitFolder(folder), prepared);
    }

    @Override
    public void settled() {
        undecided = false;
    }

    @Override
    public void close() {
        if (undecided) {
            return;
        }
        try {
            new CommitFolder(folder).drop();
        } catch (IOException e) {
            LOG.warnf(e, "transaction cannot be removed, trying again at the next start folder=%s", folder);
        }
    }

    /** The lower layer: the workspace itself. */
    public Path lower() {
        return workspace.root();
    }

    /** Where changes go. */
    public Path upper() {
        return folder.resolve("upper");
    }

    /** Scratch space of overlayfs, on the same file system as the upper layer. */
    public Path work() {
        return folder.resolve("work");
    }
}
