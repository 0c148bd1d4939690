package dev.patchferry.runner.undo;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.fs.PathText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which paths stand in the way of an undo, and which later patch touched them. */
record UndoObstacle(Journal journal, Workspaces workspaces, Workspace workspace) {
    private static final int MOST_NAMED = 10;

    /** For example {@code conflict: a.txt (changed by the later patch `fix-2`), b.txt …}. */
    String words(JournaledPatch journaledPatch, List<String> changed) throws IOException {
        List<String> named = new ArrayList<>();
        for (String path : changed.subList(0, Math.min(MOST_NAMED, changed.size()))) {
            named.add(laterPatch(journaledPatch, path)
                    .map(later -> PathText.shown(path) + " (changed by the later patch `" + later.id() + "`)")
                    .orElse(PathText.shown(path)));
        }
        int more = changed.size() - named.size();
        return "conflict: " + String.join(", ", named) + (more > 0 ? " and " + more + " more" : "")
                + (changed.size() == 1 ? " is" : " are") + " not as this patch left "
                + (changed.size() == 1 ? "it" : "them") + "; nothing was changed";
    }

    private Optional<JournaledPatch> laterPatch(JournaledPatch journaledPatch, String path) throws IOException {
        return workspaces.laterTouching(workspace, PatchExecutor.key(journaledPatch), path).stream()
                .flatMap(key -> journal.find(Long.parseLong(key)).stream())
                .filter(later -> later.status() == PatchStatus.SUCCEEDED)
                .findFirst();
    }
}
