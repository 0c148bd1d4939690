package dev.patchferry.runner.workspace;

import dev.patchferry.foundation.crash.CrashPoint;
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
import org.jboss.logging.Logger;

/**
 * A transaction in a folder of its own: {@code upper} takes the changes, {@code work} belongs to overlayfs. For a
 * command the two layers are mounted over the workspace's own path, in a namespace of the command's own. Beginning costs the same whatever the workspace's size.
 */
public final class OverlayTransaction implements Transaction {
    private static final Logger LOG = Logger.getLogger(OverlayTransaction.class);
    /** Marks a folder that holds files of the workspace that could not be put back. */
    private static final String KEEP = "keep";
    /** Its time of creation is when the transaction began, by the clock that also stamps the workspace's files. */
    private static final String BEGAN = "began";

    private final Workspace workspace;
    private final Path folder;
    private final Owner owner;
    private final FileTime began;
    private final FileSteps steps;
    private boolean undecided;

    private OverlayTransaction(Workspace workspace, Path folder, Owner owner, FileTime began) {
        this.workspace = workspace;
        this.folder = folder;
        this.owner = owner;
        this.began = began;
        this.steps = new FileSteps(new LayeredTree(upper(), workspace.root(), owner));
    }

    /**
     * Begins.
     *
     * @param folder does not exist yet, on a file system that can hold an upper layer
     */
    static OverlayTransaction begin(Workspace workspace, Path folder) throws IOException {
        Owner owner = Owner.of(workspace.root());
        for (String part : List.of("", "upper", "work")) {
            Files.createDirectories(folder.resolve(part));
            owner.claim(folder.resolve(part));
        }
        Files.setAttribute(
                folder.resolve("upper"),
                "unix:mode",
                FileKind.of(workspace.root()).mode());
        Files.createFile(folder.resolve(BEGAN));
        return new OverlayTransaction(workspace, folder, owner, began(folder));
    }

    /**
     * Goes on with a commit that a crash cut short.
     *
     * @throws CommitFailure as {@link #commit} does
     */
    static void finish(Workspace workspace, Path folder, List<Change> changes) throws IOException {
        try {
            new Commit(workspace.root(), Staging.of(folder), began(folder)).apply(changes);
        } catch (CommitFailure e) {
            if (!e.left().isEmpty()) {
                Files.createFile(folder.resolve(KEEP));
            }
            throw e;
        }
        CrashPoint.RUNNER_CHANGES_APPLIED.reached();
        NativeFiles.syncFileSystem(workspace.root());
        CrashPoint.RUNNER_SYNCED.reached();
    }

    private static FileTime began(Path folder) throws IOException {
        return FileKind.of(folder.resolve(BEGAN)).changed();
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
    public ChangeSet changes() throws IOException {
        try {
            return UpperLayer.read(upper(), workspace.root(), owner);
        } catch (FileSystemException e) {
            throw FileTrouble.below(upper(), e);
        }
    }

    @Override
    public String diff(ChangeSet changes) throws IOException {
        return UnifiedDiff.of(changes.files(), lower(), upper());
    }

    @Override
    public Optional<Obstacle> obstacle(ChangeSet changes) throws IOException {
        Optional<Obstacle> forbidden =
                ProtectedPaths.firstTouched(changes).map(path -> new Obstacle("protected_path", path));
        return forbidden.isPresent()
                ? forbidden
                : Conflicts.first(workspace.root(), began, changes).map(path -> new Obstacle("conflict", path));
    }

    @Override
    public List<Change> prepare(ChangeSet changes) throws IOException {
        undecided = true;
        List<Change> prepared = Staging.prepare(workspace.root(), folder, changes.changes());
        NativeFiles.syncFileSystem(Staging.of(folder).fresh());
        return prepared;
    }

    @Override
    public void commit(List<Change> prepared) throws IOException {
        finish(workspace, folder, prepared);
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
            drop(folder);
        } catch (IOException e) {
            LOG.warnf(e, "transaction cannot be removed, trying again at the next start folder=%s", folder);
        }
    }

    /** Removes everything that belongs to the transaction in this folder, unless only a person can settle it. */
    static void drop(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(KEEP))) {
            Staging.drop(folder);
            Trees.delete(folder);
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
