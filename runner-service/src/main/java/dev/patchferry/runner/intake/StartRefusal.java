package dev.patchferry.runner.intake;

import io.quarkus.runtime.PreventFurtherStepsException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Ends a runner that must not start with its settings: one line in the log, and the exit code that says so. */
final class StartRefusal {
    /** EX_CONFIG of sysexits.h: starting again changes nothing. */
    private static final int WRONG_SETTINGS = 78;

    private static final Logger LOG = Logger.getLogger(StartRefusal.class);

    private StartRefusal() {}

    /** What can be opened, or the end: an orderly one would wait for parts of the service that have not begun. */
    static <T> T unlessRefused(Supplier<T> opening) {
        try {
            return opening.get();
        } catch (PreventFurtherStepsException e) {
            because(e);
            throw e;
        }
    }

    /** Ends the process at once. Nothing runs yet, and what an orderly end would close belongs to nobody else. */
    static void because(RuntimeException reason) {
        LOG.fatalf("the runner does not start: %s", reason.getMessage());
        Runtime.getRuntime().halt(WRONG_SETTINGS);
    }
}
