package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The private HOMEs, kept between patches for caches. One that has grown over its bound is emptied: what is in a cache can
 * be had again. A HOME that takes long to look at is looked at less often. Safe for use by several threads.
 */
final class HomeCaches {
    private static final Logger LOG = Logger.getLogger(HomeCaches.class);
    private static final int REST = 20;

    private final Map<Path, Long> notBefore = new ConcurrentHashMap<>();

    /** Empties a HOME that holds more than this. Trouble with that is no trouble of the patch before. */
    void bound(Path home, long mostBytes) {
        long start = System.nanoTime();
        if (start - notBefore.getOrDefault(home, start) < 0) {
            return;
        }
        try {
            if (Trees.size(home, mostBytes, Long.MAX_VALUE).bytes() > mostBytes) {
                LOG.warnf("HOME holds more than it may and is emptied home=%s bytes=%d", home, mostBytes);
                Trees.empty(home);
            }
        } catch (IOException e) {
            LOG.warnf(e, "HOME cannot be kept within its bound home=%s", home);
        }
        notBefore.put(home, System.nanoTime() + REST * (System.nanoTime() - start));
    }
}
