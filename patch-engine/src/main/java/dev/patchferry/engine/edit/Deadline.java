package dev.patchferry.engine.edit;

import java.util.function.LongSupplier;

/**
 * The moment at which work on one file is abandoned. So much work is always done: a thread that had to wait for a
 * processor must not pass for a patch that takes long.
 */
final class Deadline {
    /** How often the clock may be asked before it counts; a few milliseconds of work lie between two questions. */
    private static final int CHECKS_ALLOWED = 50;

    private final LongSupplier nanoClock;
    private final long end;
    private int checks;

    private Deadline(LongSupplier nanoClock, long end) {
        this.nanoClock = nanoClock;
        this.end = end;
    }

    static Deadline in(long nanos, LongSupplier nanoClock) {
        return new Deadline(nanoClock, nanoClock.getAsLong() + nanos);
    }

    /** @throws EditLimitExceeded once the moment is past */
    void check() {
        checks++;
        if (checks > CHECKS_ALLOWED && nanoClock.getAsLong() - end > 0) {
            throw new EditLimitExceeded("matching took longer than " + EditEngine.TIME_LIMIT.toSeconds()
                    + " s; send fewer changes at a time, and instead of a regular expression a simpler one, or plain"
                    + " text with \"regex\": false");
        }
    }
}
