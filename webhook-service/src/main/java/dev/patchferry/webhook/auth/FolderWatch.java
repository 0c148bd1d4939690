package dev.patchferry.webhook.auth;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jboss.logging.Logger;

/**
 * Calls back when something in a folder changed, told so by the kernel. The folder is watched and not the file: a file
 * that is replaced is another file, and Kubernetes replaces a link beside it.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FolderWatch.class);

    private final WatchService watcher;
    private final Path folder;
    private final Runnable changed;

    private FolderWatch(WatchService watcher, Path folder, Runnable changed) {
        this.watcher = watcher;
        this.folder = folder;
        this.changed = changed;
    }

    /** Watches from now on: what changes after this has returned is noticed. */
    static FolderWatch start(Path folder, Runnable changed) {
        try {
            WatchService watcher = folder.getFileSystem().newWatchService();
            folder.register(watcher, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            FolderWatch watch = new FolderWatch(watcher, folder, changed);
            Thread.ofVirtual().name("token-watch").start(watch::run);
            return watch;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch " + folder + ": " + e.getMessage(), e);
        }
    }

    private void run() {
        try {
            boolean there = true;
            while (there) {
                WatchKey key = watcher.take();
                key.pollEvents();
                changed.run();
                there = key.reset();
            }
            LOG.errorf("folder is gone, token changes are not noticed until a restart folder=%s", folder);
        } catch (ClosedWatchServiceException e) {
            LOG.debug("no longer watching", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            LOG.debug("closing a watch failed", e);
        }
    }
}
