package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * The private HOMEs, kept between patches for caches. One that has grown over its bound is emptied: what is in a cache can
 * be had again. Safe for use by several threads.
 */
final class HomeCaches {
    private static final Logger LOG = Logger.getLogger(HomeCaches.class);

    /** Empties a HOME that holds more than it may, or more than can be counted. Trouble is no trouble of the patch before. */
    void bound(Path home, Limits limits) {
        try {
            if (isOver(home, limits)) {
                LOG.warnf(
                        "HOME holds more than it may and is emptied home=%s bytes=%d files=%d",
                        home, limits.homeBytes(), limits.homeFiles());
                Trees.empty(home);
            }
        } catch (IOException e) {
            LOG.warnf(e, "HOME cannot be kept within its bound home=%s", home);
        }
    }

    private static boolean isOver(Path home, Limits limits) {
        try {
            return limits.overHome(Trees.size(home, limits.homeBytes(), limits.homeFiles()))
                    .isPresent();
        } catch (IOException e) {
            LOG.warnf(e, "HOME cannot be counted home=%s", home);
            return true;
        }
    }
}
