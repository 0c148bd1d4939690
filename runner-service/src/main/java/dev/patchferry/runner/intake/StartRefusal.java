package dev.patchferry.runner.intake;

import org.jboss.logging.Logger;

/** Ends a runner that must not start with its settings: one line in the log, and the exit code that says so. */
final class StartRefusal {
    /** EX_CONFIG of sysexits.h: starting again changes nothing. */
    private static final int WRONG_SETTINGS = 78;

    private static final Logger LOG = Logger.getLogger(StartRefusal.class);

    private StartRefusal() {}

    /** Ends the process at once. Nothing runs yet, and what an orderly end would close belongs to nobody else. */
    static void because(RuntimeException reason) {
        LOG.fatalf("the runner does not start: %s", reason.getMessage());
        Runtime.getRuntime().halt(WRONG_SETTINGS);
    }
}
