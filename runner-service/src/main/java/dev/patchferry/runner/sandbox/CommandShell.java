package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.process.ProcessSpec;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.workspace.NativeFiles;
import dev.patchferry.runner.workspace.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The two small shell programs around every command.
 *
 * <p>The outer one sets up what only a process in the new namespaces can (the mount), and leads the output through a
 * bounded copier into the log: the command holds a pipe, not the file, so it can neither truncate its log nor fill the
 * disk, and no Java thread waits for whoever still holds the pipe. The inner one sets limits, runs the command and,
 * in a process namespace of its own, counts what the command left running. No value is ever part of a program's text; all are arguments.
 */
final class CommandShell {
    /** Generations of processes between the outer program and the command when bubblewrap stands between. */
    static final int DEPTH_WITH_BUBBLEWRAP = 3;
    /** The same without. */
    static final int DEPTH_ALONE = 1;

    private static final String OUTER = """
            pipe=$1 log=$2 dropped=$3 most=$4 begun=$5; shift 5
            %s
            { head -c "$most"; wc -c >"$dropped"; } <"$pipe" >>"$log" &
            "$@" 3>"$begun" >"$pipe" 2>&1
            code=$?
            wait
            exit "$code"
            """;

    private static final String MOUNT = """
            lower=$1 upper=$2 work=$3; shift 3
            mount -t overlay overlay -o "lowerdir=$lower,upperdir=$upper,workdir=$work,userxattr" "$lower" || exit 125
            """;

    private static final String INNER = """
            echo begun >&3
            ulimit -c 0
            ulimit -f "$3"
            ulimit -d "$4"
            ulimit -u "$5" 2>/dev/null || ulimit -p "$5"
            trap : TERM
            "$2" -c "$1" 3>&-
            code=$?
            if [ "$PPID" = 1 ]; then
              left=0
              for process in /proc/[0-9]*; do
                case ${process#/proc/} in 1 | "$$") ;; *) left=$((left + 1)) ;; esac
              done
              echo "$left" >&3
            fi
            exit "$code"
            """;

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
                INNER,
                "ferry",
                command,
                shell,
                String.valueOf(limits.fileBytes() / BLOCK),
                String.valueOf(limits.dataBytes() / KIB),
                String.valueOf(limits.processes()));
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
            Cancellation cancellation)
            throws IOException {
        List<String> arguments = Stream.concat(layers.stream().map(Path::toString), confined.stream())
                .toList();
        return run(
                command, before, OUTER.formatted(MOUNT), arguments, environment, cancellation, DEPTH_WITH_BUBBLEWRAP);
    }

    /** Runs a command as it is. */
    CommandResult runAlone(Command command, Map<String, String> environment, Cancellation cancellation)
            throws IOException {
        return run(
                command, List.of(), OUTER.formatted(""), inner(command.text()), environment, cancellation, DEPTH_ALONE);
    }

    private CommandResult run(
            Command command,
            List<String> before,
            String program,
            List<String> rest,
            Map<String, String> environment,
            Cancellation cancellation,
            int depth)
            throws IOException {
        Path control = Files.createTempDirectory(scratch, "run");
        try {
            Path pipe = control.resolve("pipe");
            Path dropped = control.resolve("dropped");
            Path begun = control.resolve("begun");
            Path errors = control.resolve("errors");
            NativeFiles.makeFifo(pipe);
            List<String> arguments = new ArrayList<>(before);
            arguments.addAll(List.of("/bin/sh", "-c", program, "ferry"));
            arguments.addAll(Stream.of(pipe, command.log(), dropped, limits.outputBytes(), begun)
                    .map(Object::toString)
                    .toList());
            arguments.addAll(rest);
            Exit exit = processes.run(
                    new ProcessSpec(arguments, environment, command.workspace().root(), errors),
                    command.limit(),
                    cancellation,
                    depth);
            return result(exit, begun, dropped, errors, command.log());
        } finally {
            Trees.delete(control);
        }
    }

    private static CommandResult result(Exit exit, Path begun, Path dropped, Path errors, Path log) throws IOException {
        List<String> marks = Files.exists(begun) ? Files.readAllLines(begun) : List.of();
        if (marks.isEmpty() && exit instanceof Exit.Ended) {
            String said = (Files.readString(errors) + (Files.exists(log) ? Files.readString(log) : "")).strip();
            return new CommandResult.NoSandbox(said.isEmpty() ? "the sandbox ended without a word" : said);
        }
        int left = marks.size() > 1 ? Integer.parseInt(marks.get(1)) : 0;
        long lost = Files.exists(dropped) && Files.size(dropped) > 0
                ? Long.parseLong(Files.readString(dropped).strip())
                : 0;
        return new CommandResult.Ran(exit, left, lost);
    }
}
