package dev.patchferry.runner.redaction;

import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.redaction.Redactor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who covers which secrets: each workspace its own, which its commands have anyway, and nobody else's, or a sender could
 * find out another workspace's by guessing and looking for stars.
 */
public final class Redactions {
    /** Knows no secret, only the shapes of tokens. */
    public static final Redactions NONE = new Redactions(Map.of(), Redactor.SHAPES, true);

    private final Map<WorkspaceName, Redactor> workspaces;
    private final Redactor elsewhere;
    private final boolean knowsAll;

    private Redactions(Map<WorkspaceName, Redactor> workspaces, Redactor elsewhere, boolean knowsAll) {
        this.workspaces = Map.copyOf(workspaces);
        this.elsewhere = elsewhere;
        this.knowsAll = knowsAll;
    }

    /**
     * Prepares for these secrets.
     *
     * @param secrets of each workspace there is, also of those that have none
     * @param own the runner's own, which no command has
     * @throws IllegalArgumentException if a secret is too short, or a workspace's are too long
     */
    public static Redactions of(Map<WorkspaceName, ? extends Collection<String>> secrets, List<String> own) {
        Map<WorkspaceName, Redactor> workspaces = new HashMap<>();
        secrets.forEach((workspace, values) -> workspaces.put(workspace, Redactor.of(values, own)));
        return new Redactions(workspaces, Redactor.of(List.of(), own), false);
    }

    /** Whether the secrets of this workspace are known. */
    public boolean knows(WorkspaceName workspace) {
        return knowsAll || workspaces.containsKey(workspace);
    }

    /** For what a workspace's patches wrote or caused. */
    public Redactor of(WorkspaceName workspace) {
        return workspaces.getOrDefault(workspace, elsewhere);
    }

    /**
     * The receipt of a workspace's patch as it may be shown. In what somebody has to decide about, nothing is covered but
     * the secrets that are known.
     */
    public Receipt receipt(WorkspaceName workspace, Receipt receipt) {
        Redactor redactor = of(workspace);
        Redactor shown = receipt.outcome().needsDecision() ? redactor.valuesOnly() : redactor;
        return receipt.withTexts(redactor::text, shown::text);
    }

    /** What the service itself says, whatever it is about, as it may be shown. */
    public String anywhere(String text) {
        String shown = elsewhere.text(text);
        for (Redactor workspace : workspaces.values()) {
            shown = workspace.text(shown);
        }
        return shown;
    }
}
