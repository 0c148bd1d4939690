package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.process.ProcessSpec;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.process.Watch;
import dev.patchferry.runner.workspace.NativeFiles;
import dev.patchferry.runner.workspace.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two small shell programs around every command.
 *
 * <p>The outer one sets up what only a process in the new namespaces can (the mount), and leads the output through a
 * bounded copier into the log: the command holds a pipe, not the file, so it can neither truncate its log nor fill the
 * disk, and no Java thread waits for whoever still holds the pipe. The inner one sets limits, runs the command and,
 * in a process namespace of its own, counts what the command left running. No value is ever part of a program's text;
 * all are arguments.
 */
final class CommandShell {
    /** Generations of processes between the outer program and the command when bubblewrap stands between. */
    static final int DEPTH_WITH_BUBBLEWRAP = 3;
    /** The same without. */
    static final int DEPTH_ALONE = 1;

    private static final String DROPPED = "dropped";
    private static final String BEGUN = "begun";
    private static final String LEFT = "left";
    private static final String ERRORS = "errors";
    private static final int MOST_SAID = 2_000;

    private static final int BLOCK = 512;
    private static final int KIB = 1024;

    private final Processes processes;
    private final Limits limits;
    private final Path scratch;
    private final String shell = Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh";

    /**
     * Prepares for commands.
     *
     * @param scratch a folder of the runner's own, on a file system that can hold a pipe
     */
    CommandShell(Processes processes, Limits limits, Path scratch) {
        this.processes = processes;
        this.limits = limits;
        this.scratch = scratch;
    }

    /** The inner program with its arguments. */
    List<String> inner(String command) {
        return List.of(
                "/bin/sh",
                "-c",
                ShellPrograms.INNER,
                "ferry",
                command,
                shell,
                String.valueOf(limits.fileBytes() / BLOCK),
                String.valueOf(limits.memoryBytes() / KIB),
                String.valueOf(limits.processes()));
    }

    /** A command line whose process enters a control group first, which its children then are in, too. */
    static List<String> within(ControlGroup group, List<String> line) {
        List<String> joined = new ArrayList<>(List.of("/bin/sh", "-c", ShellPrograms.JOIN, "ferry"));
        joined.add(String.valueOf(group.doors().size()));
        group.doors().forEach(door -> joined.add(door.toString()));
        joined.addAll(line);
        return joined;
    }

    /** A command line whose process has a file open for reading, as descriptor 9. */
    static List<String> reading(Path file, List<String> line) {
        List<String> opened = new ArrayList<>(List.of("/bin/sh", "-c", ShellPrograms.OPEN, "ferry", file.toString()));
        opened.addAll(line);
        return opened;
    }

    /**
     * Runs a command in a mounted overlay.
     *
     * @param before what to put before the outer program: how to enter the namespaces
     * @param layers lower, upper and work folder
     * @param confined the inner program with everything that confines it
     */
    CommandResult runMounted(
            Command command,
            List<String> before,
            List<Path> layers,
            List<String> confined,
            Map<String, String> environment,
            Cancellation cancellation,
            Watch watch)
            throws IOException {
        List<String> arguments = Stream.concat(layers.stream().map(Path::toString), confined.stream())
                .toList();
        return run(
                command,
                before,
                ShellPrograms.OUTER.formatted(ShellPrograms.MOUNT, ShellPrograms.CONFINED),
                arguments,
                environment,
                cancellation,
                DEPTH_WITH_BUBBLEWRAP,
                watch);
    }

    /** Runs a command as it is. */
    CommandResult runAlone(Command command, Map<String, String> environment, Cancellation cancellation)
            throws IOException {
        return run(
                command,
                List.of(),
                ShellPrograms.OUTER.formatted("", ShellPrograms.ALONE),
                inner(command.text()),
                environment,
                cancellation,
                DEPTH_ALONE,
                Watch.NONE);
    }

    private CommandResult run(
            Command command,
            List<String> before,
            String program,
            List<String> rest,
            Map<String, String> environment,
            Cancellation cancellation,
            int depth,
            Watch watch)
            throws IOException {
        Path control = Files.createTempDirectory(scratch, "run");
        try {
            Path pipe = control.resolve("pipe");
            NativeFiles.makeFifo(pipe);
            List<String> arguments = new ArrayList<>(before);
            arguments.addAll(List.of("/bin/sh", "-c", program, "ferry"));
            arguments.addAll(Stream.of(
                            pipe,
                            command.log(),
                            control.resolve(DROPPED),
                            limits.outputBytes(),
                            control.resolve(BEGUN),
                            control.resolve(LEFT))
                    .map(Object::toString)
                    .toList());
            arguments.addAll(rest);
            long logged = Files.exists(command.log()) ? Files.size(command.log()) : 0;
            Exit exit = processes.run(
                    new ProcessSpec(arguments, environment, command.workspace().root(), control.resolve(ERRORS)),
                    command.limit(),
                    cancellation,
                    depth,
                    watch);
            return exit instanceof Exit.Ended && isEmpty(control.resolve(BEGUN))
                    ? new CommandResult.NoSandbox(said(control.resolve(ERRORS), command.log(), logged))
                    : new CommandResult.Ran(
                            exit,
                            Math.clamp(number(control.resolve(LEFT)), 0, limits.processes()),
                            number(control.resolve(DROPPED)),
                            Optional.empty());
        } finally {
            Trees.delete(control);
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }

    /** What the outer program and bubblewrap said before any command ran. */
    private static String said(Path errors, Path log, long logged) throws IOException {
        String said = (beginning(errors, 0) + beginning(log, logged)).strip();
        return said.isEmpty() ? "the sandbox ended without a word" : said;
    }

    private static String beginning(Path file, long from) throws IOException {
        if (isEmpty(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.min(from, Files.size(file)));
            return new String(in.readNBytes(MOST_SAID), StandardCharsets.UTF_8);
        }
    }

    /** A command can reach the descriptor of the count through /proc: what is no number counts as none. */
    private static long number(Path file) throws IOException {
        String text = beginning(file, 0).strip();
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
