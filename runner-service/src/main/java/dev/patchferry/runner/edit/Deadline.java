package dev.patchferry.runner.edit;

import java.util.function.LongSupplier;

/** The moment at which work on one file is abandoned. */
final class Deadline {
    private final LongSupplier nanoClock;
    private final long end;

    private Deadline(LongSupplier nanoClock, long end) {
        this.nanoClock = nanoClock;
        this.end = end;
    }

    static Deadline in(long nanos, LongSupplier nanoClock) {
        return new Deadline(nanoClock, nanoClock.getAsLong() + nanos);
    }

    /** @throws Abandoned once the moment is past */
    void check() {
        if (nanoClock.getAsLong() - end > 0) {
            throw new Abandoned("matching took longer than " + EditEngine.TIME_LIMIT.toSeconds()
                    + " s; send fewer changes at a time, and instead of a regular expression a simpler one, or plain"
                    + " text with \"regex\": false");
        }
    }
}
