package dev.patchferry.runner.workspace;

import dev.patchferry.contract.WorkspaceName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The workspaces of this runner, and the transactions in them. */
public final class Workspaces {
    private final Map<WorkspaceName, Workspace> byName =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    private final Path transactions;
    private final boolean overlay;

    /**
     * Takes over the workspaces.
     *
     * @param transactions the folder for what is not committed yet; exists
     * @param overlay false only where the owner asked for no sandbox
     */
    public Workspaces(Collection<Workspace> workspaces, Path transactions, boolean overlay) {
        workspaces.forEach(workspace -> byName.put(workspace.name(), workspace));
        this.transactions = transactions;
        this.overlay = overlay;
    }

    public Collection<Workspace> all() {
        return byName.values();
    }

    public Optional<Workspace> named(WorkspaceName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Why no patch can run in it now, if none can. */
    public Optional<String> unusable(Workspace workspace) {
        try {
            return overlay ? Preconditions.violatedBy(workspace.root(), transactions) : Optional.empty();
        } catch (IOException e) {
            return Optional.of("the workspace cannot be examined: " + e.getMessage());
        }
    }

    /**
     * Begins a transaction under this key, dropping whatever an earlier attempt left there.
     *
     * @param key a name for the folder, for example the patch's number
     */
    public Transaction begin(Workspace workspace, String key) throws IOException {
        if (!overlay) {
            return new InPlace(workspace);
        }
        drop(key);
        return OverlayTransaction.begin(workspace, transactions.resolve(key));
    }

    /** Finishes a commit that a crash cut short. */
    public void finishCommit(Workspace workspace, String key, List<Change> changes) throws IOException {
        OverlayTransaction.finish(workspace, transactions.resolve(key), changes);
        drop(key);
    }

    /** Drops a transaction that a crash left open. */
    public void drop(String key) throws IOException {
        Trees.delete(transactions.resolve(key));
    }
}
