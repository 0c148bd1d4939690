package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.UndoBounds;
import dev.patchferry.runner.workspace.commit.UndoSpace;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A workspace in a folder of a test, with the folders the runner keeps for it. */
public final class TemporaryWorkspace {
    private final Path home;
    private final Workspace workspace;

    private TemporaryWorkspace(Path home, Workspace workspace) {
        this.home = home;
        this.workspace = workspace;
    }

    /** Makes {@code workspace} and {@code home} in this folder. */
    public static TemporaryWorkspace in(Path folder) throws IOException {
        return between(folder, folder);
    }

    /** Makes the workspace in one folder and what the runner keeps in another, for two file systems. */
    public static TemporaryWorkspace between(Path forWorkspace, Path forHome) throws IOException {
        return named(WorkspaceName.DEFAULT, forWorkspace, forHome);
    }

    public static TemporaryWorkspace named(WorkspaceName name, Path forWorkspace, Path forHome) throws IOException {
        Path root = Files.createDirectories(forWorkspace.toRealPath().resolve("workspace-" + name));
        Path home = Files.createDirectories(forHome.toRealPath().resolve("home"));
        Path privateHome = Files.createDirectories(home.resolve("home-" + name));
        Files.createDirectories(home.resolve("tx"));
        return new TemporaryWorkspace(home, new Workspace(name, root, privateHome, Optional.empty()));
    }

    /** The same whose commands get this beyond it. */
    public TemporaryWorkspace with(CommandGrants commandGrants) {
        return new TemporaryWorkspace(
                home,
                new Workspace(
                        workspace.name(),
                        workspace.root(),
                        workspace.home(),
                        workspace.defaultFormat(),
                        commandGrants));
    }

    public Workspace workspace() {
        return workspace;
    }

    public Path root() {
        return workspace.root();
    }

    public Path transactions() {
        return home.resolve("tx");
    }

    public Workspaces workspaces() {
        return new Workspaces(List.of(workspace), home, transactions(), undoSpace(), true);
    }

    public Path undoFolder() {
        return home.resolve("undo");
    }

    public UndoSpace undoSpace() {
        return new UndoSpace(undoFolder(), UndoBounds.DEFAULT, Clock.systemUTC());
    }

    public OverlayTransaction begin() throws IOException {
        return (OverlayTransaction) workspaces().begin(workspace, "1");
    }

    /** Does steps in a transaction of their own and commits them; the change set. */
    public ChangeSet commit(Step.FileStep... steps) throws IOException {
        try (OverlayTransaction transaction = begin()) {
            for (Step.FileStep step : steps) {
                assertThat(transaction.apply(step)).isInstanceOf(StepResult.Done.class);
            }
            return commit(transaction);
        }
    }

    /** Brings in what is in the upper layer, as the runner does at the end of a patch. */
    public ChangeSet commit(OverlayTransaction transaction) throws IOException {
        ChangeSet changes = transaction.changes();
        assertThat(transaction.obstacle(changes)).isEmpty();
        transaction.commit(transaction.prepare(changes));
        transaction.settled();
        return changes;
    }

    public TemporaryWorkspace file(String path, String content) throws IOException {
        return file(path, content, StandardCharsets.UTF_8);
    }

    public TemporaryWorkspace file(String path, String content, Charset charset) throws IOException {
        Path file = root().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, charset);
        return this;
    }

    public TemporaryWorkspace folder(String path) throws IOException {
        Files.createDirectories(root().resolve(path));
        return this;
    }

    public TemporaryWorkspace link(String path, String target) throws IOException {
        Files.createSymbolicLink(root().resolve(path), Path.of(target));
        return this;
    }

    /** Permissions as {@code rwxr-xr-x}. */
    public TemporaryWorkspace mode(String path, String permissions) throws IOException {
        Files.setPosixFilePermissions(root().resolve(path), PosixFilePermissions.fromString(permissions));
        return this;
    }

    /** Everything in the workspace, to compare byte for byte. */
    public List<String> content() throws IOException {
        return Listing.of(root());
    }
}
