package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.ProcessSpec;
import dev.patchferry.runner.process.WaitingProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Mounts by a shell program around the sandbox: for who is not root. The right to mount comes from a user namespace, which a
 * process with several threads cannot enter.
 *
 * @param enter the command line of what enters it, before the program's
 */
record ProgramMountedCommand(RunFolder run, List<String> enter) implements CommandMounts {
    @Override
    public List<String> program() {
        List<String> line = new ArrayList<>(enter);
        line.addAll(List.of("/bin/sh", "-c", ShellPrograms.CONFINED, "ferry"));
        return line;
    }

    @Override
    public ProcessSpec.SetUp setUp() {
        return ProcessSpec.SetUp.NONE;
    }

    @Override
    public int depth() {
        return 2;
    }

    @Override
    public WaitingProcess.Task task(String command, Overlay workspace, Overlay home) throws IOException {
        run.task(command, workspace, home);
        return input -> input.write('\n');
    }

    @Override
    public void seal(WaitingProcess process) throws IOException {
        run.readSealed();
    }
}
