package dev.patchferry.runner.undo;

import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.journal.UndoLog;
import dev.patchferry.runner.journal.UndoRequest;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The undoing that a lane does between its patches. */
public record UndoWork(UndoLog undos, UndoExecutor executor, Workspaces workspaces) {
    /**
     * Does the request that is due next; whether there was one.
     *
     * @param ended hears of a patch that came to another state
     */
    public boolean doNext(Workspace workspace, Consumer<Ended> ended) throws IOException {
        Optional<UndoRequest> next = undos.nextWaiting(workspace.name());
        if (next.isPresent()) {
            UndoRequest running = undos.started(next.get());
            CrashPoint.RUNNER_UNDO_STARTED.reached();
            executor.execute(running, workspace).ifPresent(ended);
        }
        return next.isPresent();
    }

    /** Settles what was cut short, and removes what is kept for no undo any more. */
    public void settle(Workspace workspace, Consumer<Ended> ended) throws IOException {
        for (UndoRequest request : undos.running(workspace.name())) {
            executor.recover(request, workspace).ifPresent(ended);
        }
        workspaces.tidy(workspace, Set.of());
    }
}
