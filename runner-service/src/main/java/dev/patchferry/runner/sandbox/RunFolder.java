package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.NativeFiles;
import dev.patchferry.runner.workspace.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the runner and the shell programs around one command meet: the pipe that takes the command's output, what is to be
 * done, and what came of it.
 */
record RunFolder(Path folder) {
    private static final int MOST_SAID = 2_000;
    private static final int BLOCK = 512;
    /** With less than this part of it free. */
    private static final int NEARLY_FULL = 8;

    /**
     * Makes one.
     *
     * @param scratch a folder of the runner's own, on a file system that can hold a pipe
     */
    static RunFolder in(Path scratch) throws IOException {
        RunFolder made = new RunFolder(Files.createTempDirectory(scratch, "run"));
        NativeFiles.makeFifo(made.folder.resolve("pipe"));
        NativeFiles.makeFifo(made.folder.resolve("command"));
        return made;
    }

    /** An empty folder that the inside has in place of the workspace until that is mounted on it. */
    Path workspace() {
        return views().resolve("workspace");
    }

    /** The same for HOME. */
    Path home() {
        return views().resolve("home");
    }

    private Path views() {
        return folder.resolve("views");
    }

    /** Writes down the options of the confining program. */
    void options(List<String> options) throws IOException {
        Files.createDirectories(workspace());
        Files.createDirectories(home());
        Files.writeString(
                folder.resolve("options"),
                options.stream().map(option -> option + "\0").collect(Collectors.joining()));
    }

    /** What the programs themselves say. */
    Path errors() {
        return folder.resolve("errors");
    }

    /**
     * Writes down what is to be done.
     *
     * @param command what the shell gets
     * @param log the output is appended to it
     * @param mostOutput how long that log, which is the patch's, may become in all
     * @param parameters positional ones for the outer program
     */
    void task(String command, Path log, long mostOutput, List<String> parameters) throws IOException {
        Map<String, String> all = new TreeMap<>();
        all.put("command", ShellWords.line(command));
        all.put("log", log.toString());
        all.put("blocks", String.valueOf(Math.max(length(log), mostOutput) / BLOCK));
        Files.writeString(folder.resolve("task"), ShellWords.assignments(all, parameters));
    }

    /** Writes down what is to be mounted before that, as fstab(5) has it. */
    void mounts(Overlay workspace, Overlay home) throws IOException {
        Files.writeString(folder.resolve("mounts"), workspace.line(workspace()) + home.line(home()));
    }

    /**
     * What came of it.
     *
     * @param logged how long the log was before
     */
    CommandResult result(Exit exit, Path log, long logged, Limits limits) throws IOException {
        return exit instanceof Exit.Ended && !hasBegun()
                ? new CommandResult.NoSandbox(said(log, logged))
                : new CommandResult.Ran(
                        exit, Math.clamp(leftRunning(), 0, limits.processes()), dropped(), Optional.empty());
    }

    /** Whether nothing can be written any more to what was mounted for the command. */
    boolean isSealed() {
        return Files.exists(folder.resolve("sealed"));
    }

    private boolean hasBegun() throws IOException {
        return length(report()) > 0;
    }

    /** The inner program writes that the command begins and, in a sandbox, how many processes it left. */
    private Path report() {
        return folder.resolve("report");
    }

    private long leftRunning() throws IOException {
        return beginning(report(), 0)
                .lines()
                .skip(1)
                .findFirst()
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** Whether one of the folders in memory was nearly full when a command had failed: free and all blocks stand in a line each. */
    boolean isTemporaryFull() throws IOException {
        return beginning(report(), 0)
                .lines()
                .skip(2)
                .map(line -> line.split(" ", -1))
                .filter(counts -> counts.length == 2)
                .anyMatch(counts -> Long.parseLong(counts[0]) * NEARLY_FULL < Long.parseLong(counts[1]));
    }

    private long dropped() throws IOException {
        Path count = folder.resolve("dropped");
        return Files.exists(count)
                ? Math.max(1, Long.parseLong(beginning(count, 0).strip()))
                : 0;
    }

    void delete() throws IOException {
        Trees.delete(folder);
    }

    /** The length of a file; 0 if there is none. */
    static long length(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** What the outer program and bubblewrap said before any command ran. */
    private String said(Path log, long logged) throws IOException {
        String said = (beginning(errors(), 0) + beginning(log, logged)).strip();
        return said.isEmpty() ? "the sandbox ended without a word" : said;
    }

    private static String beginning(Path file, long from) throws IOException {
        long length = length(file);
        if (length == 0) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.min(from, length));
            return new String(in.readNBytes(MOST_SAID), StandardCharsets.UTF_8);
        }
    }
}
