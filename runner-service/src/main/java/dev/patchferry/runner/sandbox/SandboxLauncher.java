package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.process.OutputPipe;
import dev.patchferry.runner.process.ProcessSpec;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.process.ResourceMonitor;
import dev.patchferry.runner.process.Restriction;
import dev.patchferry.runner.process.WaitingProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The small shell programs around every command.
 *
 * <p>The outer one sets up what only a process in the new namespaces can (the mount). The command holds a pipe, not the log,
 * so it can neither truncate that nor fill the disk. In a process namespace of its own, the first process
 * there counts what the command left running. The inner one sets limits and becomes the command's shell. No value is ever
 * part of a program's text.
 */
final class SandboxLauncher implements AutoCloseable {
    /** Generations of processes between the outer program and the command when no bubblewrap stands between. */
    private static final int DEPTH_ALONE = 1;

    private static final int BLOCK = 512;
    private static final int KIB = 1024;

    private static final String UNLIMITED = "unlimited";

    private final Processes processes;
    private final RunFolders folders;
    private final String shell = Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh";

    /**
     * Prepares for commands.
     *
     * @param scratch a folder of the runner's own, on a file system that can hold a pipe
     */
    SandboxLauncher(Processes processes, Path scratch) {
        this.processes = processes;
        this.folders = new RunFolders(scratch);
    }

    /**
     * A program with its arguments; it goes into the workspace's folder, and reads the command from descriptor 5.
     *
     * @param counted whether a control group counts memory: what a program only reserves, as sanitizers do terabytes, is then
     *     nobody's business
     */
    private List<String> inner(String program, Path root, Limits limits, boolean counted) {
        return List.of(
                program,
                "ferry",
                shell,
                String.valueOf(limits.fileBytes() / BLOCK),
                counted ? UNLIMITED : String.valueOf(limits.memoryBytes() / KIB),
                String.valueOf(limits.processes()),
                root.toString());
    }

    /**
     * Starts the programs for one command in a mounted overlay, down to the shell that waits for it.
     *
     * @param commandMounts how the overlays are mounted for a run
     * @param group what the command is to live in
     * @param restrictions what all of it is started under
     * @param sandboxSpec with what the confining program can read from descriptor 6
     * @param confining its command line, given the folders that are to stand in the place of the workspace and of HOME; it runs
     *     what follows: the inner program
     */
    PreparedSandbox prepare(
            Function<RunFolder, CommandMounts> commandMounts,
            Optional<ControlGroup> group,
            Set<Restriction> restrictions,
            SandboxSpec sandboxSpec,
            BiFunction<Path, Path, List<String>> confining,
            Map<String, String> environment)
            throws IOException {
        RunFolder run = folders.take();
        run.options(sandboxSpec.options());
        List<Path> doors = group.map(ControlGroup::doors).orElseGet(List::of);
        CommandMounts own = commandMounts.apply(run);
        List<String> arguments = new ArrayList<>(own.program());
        arguments.add(run.folder().toString());
        arguments.add(sandboxSpec.filter().map(Path::toString).orElse(""));
        arguments.add(String.valueOf(doors.size()));
        doors.forEach(door -> arguments.add(door.toString()));
        arguments.addAll(confining.apply(run.workspace(), run.home()));
        arguments.addAll(List.of("/bin/sh", "-c", ShellPrograms.FIRST, "ferry"));
        arguments.addAll(inner(ShellPrograms.INNER, sandboxSpec.root(), sandboxSpec.limits(), group.isPresent()));
        Mounts mounts = Mounts.now();
        try {
            return new PreparedSandbox(
                    run,
                    folders,
                    own,
                    processes.start(new ProcessSpec(
                            arguments, environment, folders.scratch(), run.errors(), restrictions, own.setUp())),
                    group,
                    mounts);
        } catch (IOException e) {
            run.delete();
            throw e;
        }
    }

    /**
     * Runs a command in mounted overlays.
     *
     * @param workspace what it finds as its workspace
     * @param home what it finds as HOME
     */
    CommandResult run(
            PreparedSandbox preparedSandbox,
            Command command,
            Limits limits,
            Overlay workspace,
            Overlay home,
            Cancellation cancellation,
            ResourceMonitor resourceMonitor)
            throws IOException {
        RunFolder run = preparedSandbox.run();
        CommandMounts mounts = preparedSandbox.commandMounts();
        WaitingProcess process = preparedSandbox.process();
        WaitingProcess.Task task = mounts.task(command.text(), workspace, home);
        CommandResult result = run(run, command, limits, () -> {
            Exit exit = processes.run(process, task, command.limit(), cancellation, mounts.depth(), resourceMonitor);
            mounts.seal(process);
            return exit;
        });
        boolean goesOn = result instanceof CommandResult.Ran ran && ran.exit() instanceof Exit.Ended;
        return goesOn && !run.isSealed() ? new CommandResult.Escaped() : result;
    }

    /** Runs a command as it is. */
    CommandResult runAlone(Command command, Limits limits, Map<String, String> environment, Cancellation cancellation)
            throws IOException {
        RunFolder run = folders.take();
        try {
            Path root = command.workspace().root();
            List<String> inner = new ArrayList<>(List.of("/bin/sh", "-c"));
            inner.addAll(inner(ShellPrograms.INNER_ALONE, root, limits, false));
            run.task(command.text(), inner);
            List<String> outer = List.of(
                    "/bin/sh", "-c", ShellPrograms.ALONE, "ferry", run.folder().toString());
            ProcessSpec spec =
                    new ProcessSpec(outer, environment, root, run.errors(), Set.of(), ProcessSpec.SetUp.NONE);
            return run(
                    run,
                    command,
                    limits,
                    () -> processes.run(spec, command.limit(), cancellation, DEPTH_ALONE, ResourceMonitor.NONE));
        } finally {
            folders.giveBack(run);
        }
    }

    private interface Running {
        Exit await() throws IOException;
    }

    /** Copies the output while it runs. */
    private CommandResult run(RunFolder run, Command command, Limits limits, Running running) throws IOException {
        long logged = RunFolder.length(command.log());
        OutputPipe.Copy copy = run.copyOutput(command.log(), limits.outputBytes());
        Exit exit;
        try {
            exit = running.await();
        } catch (IOException | RuntimeException e) {
            copy.finish();
            throw e;
        }
        return run.result(exit, copy.finish(), command.log(), logged, limits);
    }

    @Override
    public void close() throws IOException {
        folders.close();
    }
}
