package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The surveys of all workspaces. The first of each is waited for; later ones are made aside when the last is a minute old, so
 * that no patch waits for them. Safe for use by several threads.
 */
final class TreeSurveys {
    private static final Logger LOG = Logger.getLogger(TreeSurveys.class);
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    /** What was found, when, and whether somebody looks again. */
    private record Known(TreeSurvey survey, long at, AtomicBoolean underWay) {}

    TreeSurveys(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    TreeSurvey of(Path root) throws IOException {
        Known last = known.get(root);
        if (last == null) {
            return look(root);
        }
        if (nanoTime.getAsLong() - last.at > FRESH.toNanos() && last.underWay.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("survey").start(() -> lookAgain(root));
        }
        return last.survey;
    }

    /** What was found is not to be relied on any more. */
    void forget(Path root) {
        known.remove(root);
    }

    private TreeSurvey look(Path root) throws IOException {
        TreeSurvey survey = TreeSurvey.of(root);
        known.put(root, new Known(survey, nanoTime.getAsLong(), new AtomicBoolean()));
        return survey;
    }

    private void lookAgain(Path root) {
        try {
            look(root);
        } catch (IOException e) {
            LOG.debugf(e, "a workspace cannot be looked through root=%s", root);
            known.remove(root);
        }
    }
}
