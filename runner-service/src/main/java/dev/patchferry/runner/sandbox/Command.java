package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * One command to run.
 *
 * @param text what the shell gets
 * @param workspace where it runs
 * @param transaction what it sees there and where its changes go
 * @param log the file its output is appended to
 * @param limit its wall time
 * @param surroundings what it gets beyond the workspace
 */
public record Command(
        String text,
        Workspace workspace,
        Transaction transaction,
        Path log,
        Duration limit,
        CommandGrants surroundings) {
    /** With what the workspace's commands usually get. */
    public Command(String text, Workspace workspace, Transaction transaction, Path log, Duration limit) {
        this(text, workspace, transaction, log, limit, workspace.surroundings());
    }

    /** Its whole environment: the usual one, and what the owner adds. */
    Map<String, String> environment(Map<String, String> usual) {
        Map<String, String> all = new HashMap<>(usual);
        all.putAll(surroundings.environment());
        return all;
    }
}
