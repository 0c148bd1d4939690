package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.process.OutputPipe;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the runner and the shell programs around one command meet: the pipe that takes the command's output, what is to be
 * done, and what came of it.
 */
final class RunFolder {
    private static final int MOST_SAID = 2_000;
    /** With less than this part of it free. */
    private static final int NEARLY_FULL = 8;

    private static final List<String> FILES = List.of("options", "errors", "task", "mounts", "report", "sealed");

    /** For a command of another user that opens its output by name, as /dev/stderr; who is outside finds no way to it. */
    private static final Set<PosixFilePermission> WRITABLE = PosixFilePermissions.fromString("rw--w--w-");

    private final Path folder;
    private OutputPipe output;
    private boolean isClean;
    private List<String> sealed = List.of();

    private RunFolder(Path folder, OutputPipe output) {
        this.folder = folder;
        this.output = output;
    }

    /**
     * Makes one.
     *
     * @param scratch a folder of the runner's own, on a file system that can hold a pipe
     */
    static RunFolder in(Path scratch) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "run");
        NativeFiles.makeFifo(folder.resolve("command"));
        for (String file : FILES) {
            Files.createFile(folder.resolve(file));
        }
        RunFolder made = new RunFolder(folder, newPipe(folder));
        Files.createDirectories(made.workspace());
        Files.createDirectories(made.home());
        return made;
    }

    private static OutputPipe newPipe(Path folder) throws IOException {
        Path pipe = pipe(folder);
        NativeFiles.makeFifo(pipe);
        Files.setPosixFilePermissions(pipe, WRITABLE);
        return OutputPipe.open(pipe);
    }

    private static Path pipe(Path folder) {
        return folder.resolve("pipe");
    }

    Path folder() {
        return folder;
    }

    /** An empty folder that the inside has in place of the workspace until that is mounted on it. */
    Path workspace() {
        return views().resolve("workspace");
    }

    /** The same for HOME. */
    Path home() {
        return views().resolve("home");
    }

    /** Where these two lie. */
    Path views() {
        return folder.resolve("views");
    }

    /** Writes down the options of the confining program. */
    void options(List<String> options) throws IOException {
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
     * @param parameters positional ones for the outer program
     */
    void task(String command, List<String> parameters) throws IOException {
        task(Map.of("command", ShellWords.line(command)), parameters);
    }

    /** The same in overlays, which are to be mounted first. */
    void task(String command, Overlay workspace, Overlay home) throws IOException {
        Files.writeString(folder.resolve("mounts"), workspace.line(workspace()) + home.line(home()));
        task(Map.of("command", ShellWords.line(command), "home", home.upper().toString()), List.of());
    }

    private void task(Map<String, String> variables, List<String> parameters) throws IOException {
        Files.writeString(folder.resolve("task"), ShellWords.assignments(variables, parameters));
    }

    /**
     * Begins to copy the output.
     *
     * @param log the output is appended to it
     * @param mostOutput how long that log, which is the patch's, may become in all
     */
    OutputPipe.Copy copyOutput(Path log, long mostOutput) throws IOException {
        return output.copyTo(log, Math.max(0, mostOutput - length(log)));
    }

    /**
     * What came of it.
     *
     * @param copied the output of all of it
     * @param logged how long the log was before
     */
    CommandResult result(Exit exit, OutputPipe.Copied copied, Path log, long logged, Limits limits) throws IOException {
        isClean = copied.closed() && isSealed();
        return exit instanceof Exit.Ended && !hasBegun()
                ? new CommandResult.NoSandbox(said(log, logged))
                : new CommandResult.Ran(
                        exit, Math.clamp(leftRunning(), 0, limits.processes()), copied.dropped(), Optional.empty());
    }

    /** Notes that nothing can be written any more to what was mounted on one of the {@linkplain #views views}. */
    void sealed(Path view) {
        sealed = Stream.concat(sealed.stream(), Stream.of(view.getFileName().toString()))
                .toList();
    }

    /** Notes what the outer program wrote down of that. */
    void readSealed() throws IOException {
        sealed = beginning(folder.resolve("sealed"), 0).lines().toList();
    }

    /** Whether nothing can be written any more to what was mounted for the command as its workspace. */
    boolean isSealed() {
        return sealed.contains("workspace");
    }

    /** The same of HOME; not so if the command changed nothing there. */
    boolean isHomeSealed() {
        return sealed.contains("home");
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

    /** Whether it can serve another command: nobody holds anything of it any more. */
    boolean isClean() {
        return isClean;
    }

    /**
     * Empties it for another command, which gets a pipe of its own: the command before had this one as its output and so could
     * change its size and its permissions, or hand it to somebody who would open it later.
     */
    void reset() throws IOException {
        isClean = false;
        sealed = List.of();
        output.close();
        Files.delete(pipe(folder));
        output = newPipe(folder);
        for (String file : FILES) {
            FileChannel.open(folder.resolve(file), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }

    void delete() throws IOException {
        output.close();
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
