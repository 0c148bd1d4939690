package dev.patchferry.runner.workspace;

import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transaction in a folder of its own: {@code upper} takes the changes, {@code work} belongs to overlayfs, {@code
 * merged} is where the two layers are mounted for a command. Beginning costs the same whatever the workspace's size.
 */
public final class OverlayTransaction implements Transaction {
    private final Workspace workspace;
    private final Path folder;
    private final Owner owner;
    private final FileTime began;
    private final FileSteps steps;

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
        for (String part : List.of("", "upper", "work", "merged")) {
            Files.createDirectories(folder.resolve(part));
            owner.claim(folder.resolve(part));
        }
        Files.setAttribute(
                folder.resolve("upper"),
                "unix:mode",
                FileKind.of(workspace.root()).mode());
        Path marker = Files.createFile(folder.resolve("began"));
        return new OverlayTransaction(
                workspace, folder, owner, FileKind.of(marker).changed());
    }

    /** Goes on with a commit that a crash cut short. */
    static void finish(Workspace workspace, Path folder, List<Change> changes) throws IOException {
        new Commit(workspace.root(), folder.resolve("upper"), folder.resolve("removed")).apply(changes);
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
        return UpperLayer.read(upper(), workspace.root(), owner);
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
                : new Conflicts(workspace.root(), began).first(changes).map(path -> new Obstacle("conflict", path));
    }

    @Override
    public void prepare() throws IOException {
        NativeFiles.syncFileSystem(folder);
    }

    @Override
    public void commit(List<Change> changes) throws IOException {
        finish(workspace, folder, changes);
        NativeFiles.syncFileSystem(workspace.root());
    }

    @Override
    public String kind() {
        return "overlay";
    }

    @Override
    public void close() throws IOException {
        Trees.delete(folder);
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

    /** Where the layers are mounted, in a namespace of the command's own. */
    public Path merged() {
        return folder.resolve("merged");
    }
}
