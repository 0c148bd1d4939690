package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.ProcessSpec;
import dev.patchferry.runner.process.ThreadMounts;
import dev.patchferry.runner.process.WaitingProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Mounts by the thread that starts the sandbox, without a program for any of them: for root, who may give a thread a mount
 * namespace of its own.
 */
final class ThreadMountedCommand implements CommandMounts {
    private static final Logger LOG = Logger.getLogger(ThreadMountedCommand.class);
    private static final Path DEVICES = Path.of("/dev");
    /** Descriptors that were on their way through a socket are closed a little after the end. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(25);

    private final RunFolder run;
    private final boolean isRoots;
    /** Used by the one thread alone, as are the layers behind them. */
    private final List<Path> mounted = new ArrayList<>();

    private Path homeLayer = Path.of("");

    /**
     * Prepares nothing yet.
     *
     * @param isRoots whether the command runs as root, who could change the permissions and times of the machine's devices;
     *     what is written to a device is not concerned
     */
    ThreadMountedCommand(RunFolder run, boolean isRoots) {
        this.run = run;
        this.isRoots = isRoots;
    }

    @Override
    public List<String> program() {
        return List.of("/bin/sh", "-c", ShellPrograms.STARTED, "ferry");
    }

    @Override
    public ProcessSpec.SetUp setUp() {
        return () -> {
            ThreadMounts.enterNamespace();
            ThreadMounts.share(run.views());
            if (isRoots) {
                ThreadMounts.protect(DEVICES);
            }
        };
    }

    @Override
    public int depth() {
        return 1;
    }

    @Override
    public WaitingProcess.Task task(String command, Overlay workspace, Overlay home) throws IOException {
        byte[] line = (ShellWords.line(command) + "\n").getBytes(StandardCharsets.UTF_8);
        return input -> {
            try {
                mount(workspace, run.workspace());
                homeLayer = home.upper();
                mount(home, run.home());
            } catch (IOException e) {
                Files.writeString(run.errors(), e.getMessage() + "\n", StandardOpenOption.APPEND);
                throw e;
            }
            input.write(line);
        };
    }

    private void mount(Overlay overlay, Path view) throws IOException {
        try {
            ThreadMounts.overlay(view, overlay.options());
            mounted.add(view);
        } catch (IOException e) {
            throw new IOException("the overlay for " + view.getFileName() + " cannot be mounted: " + e.getMessage(), e);
        }
    }

    @Override
    public void seal(WaitingProcess process) throws IOException {
        process.onItsThread(() -> {
            for (Path view : mounted) {
                // Where the command changed nothing in HOME, and so nothing of it is kept, that overlay is left as it
                // is.
                if (!view.equals(run.home()) || !isEmpty(homeLayer)) {
                    seal(view);
                }
                ThreadMounts.detach(view);
            }
            mounted.clear();
            return run;
        });
    }

    private void seal(Path view) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!ThreadMounts.makeReadOnly(view)) {
                if (System.nanoTime() - deadline > 0) {
                    return;
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
            run.sealed(view);
        } catch (IOException e) {
            LOG.warnf(e, "an overlay cannot be made read-only view=%s", view);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }
}
