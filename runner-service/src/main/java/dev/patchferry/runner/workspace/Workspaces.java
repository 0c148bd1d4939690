package dev.patchferry.runner.workspace;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.workspace.commit.Change;
import dev.patchferry.runner.workspace.commit.CommitFailure;
import dev.patchferry.runner.workspace.commit.CommitFolder;
import dev.patchferry.runner.workspace.commit.CommitManifest;
import dev.patchferry.runner.workspace.commit.Committed;
import dev.patchferry.runner.workspace.commit.Direction;
import dev.patchferry.runner.workspace.commit.Reversal;
import dev.patchferry.runner.workspace.commit.UndoSpace;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The workspaces of this runner, and the transactions in them. */
public final class Workspaces {
    private final Map<WorkspaceName, Workspace> byName =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    private final Path home;
    private final Path transactions;
    private final Preconditions preconditions;
    private final UndoSpace undo;
    private final boolean overlay;
    private final TreeSurveys surveys = new TreeSurveys(System::nanoTime);
    private final Function<Workspace, Optional<String>> claim;

    /** The same for workspaces that nobody else could work in. */
    public Workspaces(Collection<Workspace> workspaces, Path home, Path transactions, UndoSpace undo, boolean overlay) {
        this(workspaces, home, transactions, undo, overlay, _ -> Optional.empty());
    }

    /**
     * Takes over the workspaces.
     *
     * @param home everything the runner keeps; no workspace may lie in it or around it
     * @param transactions the folder in it for what is not committed yet; exists
     * @param undo the place in it for what commits replaced
     * @param overlay false only where the owner asked for no sandbox
     * @param claim asked before anything runs in a workspace whose folder is there: why this runner may not have it
     */
    public Workspaces(
            Collection<Workspace> workspaces,
            Path home,
            Path transactions,
            UndoSpace undo,
            boolean overlay,
            Function<Workspace, Optional<String>> claim) {
        this.home = home;
        this.claim = claim;
        workspaces.forEach(workspace -> byName.put(workspace.name(), workspace));
        this.transactions = transactions;
        this.preconditions = new Preconditions(transactions);
        this.undo = undo;
        this.overlay = overlay;
    }

    public Collection<Workspace> all() {
        return byName.values();
    }

    public Optional<Workspace> named(WorkspaceName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The folder of each, links resolved. */
    public List<Path> roots() {
        return all().stream().map(Workspace::root).toList();
    }

    /** Why no patch can run in it now, if none can; for this workspace alone, or for a reason that all of them share. */
    public Optional<String> unusable(Workspace workspace) {
        Optional<String> everywhere = unusableEverywhere();
        if (everywhere.isPresent() || !overlay) {
            return everywhere.or(() -> claim.apply(workspace));
        }
        try {
            Optional<String> violated = preconditions.violatedBy(workspace.root(), forbidden(workspace));
            Optional<String> own = violated.isPresent() ? violated : unmappable(workspace);
            return own.or(() -> claim.apply(workspace));
        } catch (IOException e) {
            return Optional.of("the workspace cannot be examined: " + e.getMessage());
        }
    }

    /** A group that commands could not work with; looked for once more each time, so that the remedy is noticed. */
    private Optional<String> unmappable(Workspace workspace) throws IOException {
        TreeSurvey survey = surveys.of(workspace.root());
        if (GroupMapping.of(survey, workspace.surroundings().hostNetwork())
                instanceof GroupMapping.Impossible(String reason)) {
            surveys.forget(workspace.root());
            return Optional.of(reason);
        }
        return Optional.empty();
    }

    /** Why no patch can run in any workspace now, if none can. */
    public Optional<String> unusableEverywhere() {
        try {
            return overlay ? preconditions.violatedEverywhere() : Optional.empty();
        } catch (IOException e) {
            return Optional.of("FERRY_HOME cannot be examined: " + e.getMessage());
        }
    }

    private List<Path> forbidden(Workspace workspace) {
        return Stream.concat(
                        Stream.of(home),
                        all().stream().filter(other -> !other.equals(workspace)).map(Workspace::root))
                .toList();
    }

    /**
     * Begins a transaction under this key, dropping whatever an earlier attempt left there.
     *
     * @param key a name for the folder, for example the patch's number
     */
    public Transaction begin(Workspace workspace, String key) throws IOException {
        if (!overlay) {
            return new DirectTransaction(workspace);
        }
        drop(key);
        return OverlayTransaction.begin(
                workspace, transactions.resolve(key), home, undo.of(workspace.name()), surveys.of(workspace.root()));
    }

    /**
     * Finishes a commit that a crash cut short. What is left of the transaction is for {@link #drop}, after the journal
     * knows.
     *
     * @throws CommitFailure if that is impossible; it says whether the workspace is as it was before
     */
    public Committed finishCommit(Workspace workspace, String key, List<Change> changes) throws IOException {
        CommitFolder commit = new CommitFolder(transactions.resolve(key));
        if (CommitManifest.isIn(commit.folder())) {
            return undo.of(workspace.name()).land(workspace.root(), commit, changes);
        }
        if (undo.of(workspace.name()).find(key).isPresent()) {
            return Committed.WHOLE;
        }
        throw new CommitFailure(
                commit.folder().toString(),
                new NoSuchFileException(key),
                changes.stream().map(Change::path).distinct().toList());
    }

    /** The transaction that was kept under this key; empty if it is not there. */
    public Optional<Proposal> proposal(Workspace workspace, String key) throws IOException {
        Path folder = transactions.resolve(key);
        return Proposal.isIn(folder)
                ? Optional.of(OverlayTransaction.resume(workspace, folder, home, undo.of(workspace.name())))
                : Optional.empty();
    }

    /** How many bytes the files of these transactions have, once more than this is certain. */
    public long bytes(Collection<String> keys, long most) throws IOException {
        long bytes = 0;
        for (String key : keys) {
            bytes += Trees.size(transactions.resolve(key).resolve("upper"), most - bytes, Long.MAX_VALUE)
                    .bytes();
        }
        return bytes;
    }

    /** Begins to go through an ended commit once more; empty if it is not kept, or no longer. */
    public Optional<Reversal> reverse(Workspace workspace, String key, Direction direction) throws IOException {
        Optional<CommitFolder> commit = undo.of(workspace.name()).find(key);
        return commit.isEmpty()
                ? Optional.empty()
                : Optional.of(Reversal.begin(workspace.root(), commit.get(), direction));
    }

    /**
     * Finishes a reversal that a crash cut short.
     *
     * @throws CommitFailure if that is impossible; it says whether the workspace is as it was before
     */
    public Committed finishReversal(Workspace workspace, String key, List<Change> changes, Direction direction)
            throws IOException {
        CommitFolder commit = undo.of(workspace.name())
                .find(key)
                .orElseThrow(() -> new CommitFailure(
                        key,
                        new NoSuchFileException(key),
                        changes.stream().map(Change::path).distinct().toList()));
        return commit.finish(workspace.root(), changes, direction);
    }

    /** The keys of commits later than this one that touched a path, latest first; only those that are kept. */
    public List<String> laterTouching(Workspace workspace, String key, String path) throws IOException {
        return undo.of(workspace.name()).laterTouching(key, path);
    }

    /**
     * Removes what is kept of a workspace's commits for longer than was agreed.
     *
     * @param underWay keys of reversals whose end the journal does not know
     */
    public void tidy(Workspace workspace, Set<String> underWay) throws IOException {
        undo.of(workspace.name()).tidy(underWay);
    }

    /** Whether what a patch did before it failed can be dropped. */
    public boolean canRollBack() {
        return overlay;
    }

    /** Drops a transaction that a crash left open. */
    public void drop(String key) throws IOException {
        new CommitFolder(transactions.resolve(key)).drop();
    }

    /** Drops every transaction but these; for the start of the runner. */
    public void dropAllBut(Set<String> keys) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(transactions)) {
            for (Path leftover : leftovers) {
                if (!keys.contains(leftover.getFileName().toString())) {
                    new CommitFolder(leftover).drop();
                }
            }
        }
    }
}
