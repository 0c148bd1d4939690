package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.ProcessSpec;
import dev.patchferry.runner.process.WaitingProcess;
import java.io.IOException;
import java.util.List;

/**
 * The mounts of one command, in a mount namespace around its sandbox. The sandbox shows folders of the run's in place of the
 * workspace and of HOME; what is mounted on them there shows inside, too, by the kernel, and hides the folder for good.
 *
 * <p>When the last process inside has ended, each overlay is made read-only for whoever still holds something of it. The kernel
 * refuses that while any file of it is open for writing: then somebody outside was given a descriptor. The overlays are
 * {@code volatile} since the commit itself sees to what is on disk; else making them read-only would wait for the disk.
 */
sealed interface CommandMounts permits ThreadMountedCommand, ProgramMountedCommand {
    /** The command line, without the arguments of {@code enter}. */
    List<String> program();

    /** What the thread that starts it does before. */
    ProcessSpec.SetUp setUp();

    /** How many generations of processes are ours between the process and the command. */
    int depth();

    /** Mounts the overlays and hands over the command. */
    WaitingProcess.Task task(String command, Overlay workspace, Overlay home) throws IOException;

    /** Makes sure, after the end, that what can be is {@linkplain RunFolder#sealed sealed}. */
    void seal(WaitingProcess process) throws IOException;
}
