package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One command to run.
 *
 * @param text what the shell gets
 * @param workspace where it runs
 * @param transaction what it sees there and where its changes go
 * @param log the file its output is appended to
 * @param limit its wall time
 */
public record Command(String text, Workspace workspace, Transaction transaction, Path log, Duration limit) {}
