package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.WaitingProcess;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The processes around a command that is not known yet: in their namespaces and control group, waiting. Good for one
 * command.
 *
 * @param folders takes the folder back
 * @param commandMounts what is to be mounted for it
 * @param mounts what was mounted just before they were started
 */
record PreparedSandbox(
        RunFolder run,
        RunFolders folders,
        CommandMounts commandMounts,
        WaitingProcess process,
        Optional<ControlGroup> group,
        Mounts mounts)
        implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PreparedSandbox.class);

    /** Whether a command would find everything as if the processes were started for it now. */
    boolean isFit() throws IOException {
        return process.isAlive() && mounts.equals(Mounts.now());
    }

    /** Ends what waits, or what is left of a command that has ended. */
    @Override
    public void close() {
        try {
            process.close();
            group.ifPresent(ControlGroup::close);
            folders.giveBack(run);
        } catch (IOException e) {
            LOG.warnf(e, "what is left of a command cannot be cleared away folder=%s", run.folder());
        }
    }
}
