package dev.patchferry.runner.diff;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long a diff may take. First each file is compared line by line; when that takes too long, changed files are shown
 * replaced as a whole, which is just as correct and needs one pass; when the time is over, the rest is only listed.
 * Measured by a clock that cannot jump. Used by one thread.
 */
public final class Pace {
    private static final Duration IN_ALL = Duration.ofSeconds(5);
    private static final Duration LINE_BY_LINE = Duration.ofSeconds(3);
    private static final Duration ONE_FILE = Duration.ofSeconds(1);

    private final BooleanSupplier cancelled;
    private final long end;
    private final long endOfComparing;
    private final Duration perFile;
    private long endOfFile;

    private Pace(BooleanSupplier cancelled, Duration inAll, Duration lineByLine, Duration perFile) {
        long now = System.nanoTime();
        this.cancelled = cancelled;
        this.end = now + inAll.toNanos();
        this.endOfComparing = now + lineByLine.toNanos();
        this.perFile = perFile;
        this.endOfFile = endOfComparing;
    }

    /**
     * Starts the clock: 5 s in all.
     *
     * @param cancelled whether nobody wants the result any more; asked between files and within them
     */
    public static Pace start(BooleanSupplier cancelled) {
        return new Pace(cancelled, IN_ALL, LINE_BY_LINE, ONE_FILE);
    }

    /** Starts a clock of another length, of which three fifths are for comparing line by line. */
    public static Pace within(Duration inAll) {
        return new Pace(() -> false, inAll, inAll.multipliedBy(3).dividedBy(5), inAll);
    }

    /** The next file's own time begins. */
    public void nextFile() {
        endOfFile = System.nanoTime() + perFile.toNanos();
    }

    /** Whether the file at hand has to be shown replaced as a whole. */
    boolean isComparingOver() {
        long now = System.nanoTime();
        return now - endOfFile >= 0 || now - endOfComparing >= 0 || cancelled.getAsBoolean();
    }

    /** Whether nothing more may be read. */
    public boolean isOver() {
        return System.nanoTime() - end >= 0 || isCancelled();
    }

    /** Whether nobody wants the result any more. */
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }
}
