package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.EitherHunk;
import dev.patchferry.engine.plan.ElidedHunk;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.LineHunk;
import dev.patchferry.engine.plan.Placement;
import dev.patchferry.engine.plan.Replacement;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Makes changes in the content of files, all or none of those that are for one file.
 *
 * <p>Lines are compared as bytes, ever more forgivingly until they are found; in which pass that was is the grade. A
 * pattern is text where it stands in the file, else a regular expression, whose dot matches line breaks only where nothing
 * else fits. For one patch, used by one thread.
 */
public final class EditEngine {
    /** A file longer than this many bytes is not edited, before or after. */
    public static final int MAX_BYTES = 10 << 20;

    static final String MAX_BYTES_IN_WORDS = "10 MiB, the most that is edited";
    static final Duration TIME_LIMIT = Duration.ofSeconds(2);
    private static final Duration TIME_LIMIT_IN_ALL = Duration.ofSeconds(4);

    private final LongSupplier nanoClock;
    private long nanosLeft = TIME_LIMIT_IN_ALL.toNanos();

    /** @param nanoClock a clock that only moves forward, in nanoseconds, such as {@link System#nanoTime} */
    public EditEngine(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Takes about two seconds at the most, four with all calls before it, whatever is asked for. */
    public EditResult edit(byte[] content, List<? extends Hunk> hunks) {
        if (content.length > MAX_BYTES) {
            return new EditResult.Refused("the file is longer than " + MAX_BYTES_IN_WORDS);
        }
        if (isBinary(content)) {
            return new EditResult.Refused("the file is not text: it holds NUL bytes. Change it with a command");
        }
        long begun = nanoClock.getAsLong();
        try {
            return edit(content, List.copyOf(hunks), Deadline.in(timeLimit(), nanoClock));
        } catch (EditLimitExceeded e) {
            return new EditResult.Refused(e.reason());
        } catch (StackOverflowError e) {
            // java.util.regex recurses for some repetitions, such as (a|b)*; the stack is whole again here.
            return new EditResult.Refused("a regular expression needs too much memory for this file;"
                    + " repeat a character class such as [ab]* instead of a group such as (a|b)*");
        } finally {
            nanosLeft -= nanoClock.getAsLong() - begun;
        }
    }

    private long timeLimit() {
        return Math.min(TIME_LIMIT.toNanos(), nanosLeft);
    }

    private static EditResult edit(byte[] content, List<Hunk> hunks, Deadline deadline) {
        Set<Grade> grades = EnumSet.noneOf(Grade.class);
        byte[] text = content;
        int done = 0;
        while (done < hunks.size()) {
            List<Hunk> run = firstRun(hunks.subList(done, hunks.size()));
            RunResult result = switch (hunks.get(done)) {
                case Replacement _ -> new TextRun(done, hunks.size(), deadline).apply(text, run);
                case Placement _ -> PlacementRun.apply(text, run);
                case LineHunk _, ElidedHunk _, EitherHunk _ -> new LineRun(deadline).apply(text, run);
            };
            switch (result) {
                case RunResult.Made made -> {
                    text = made.content();
                    grades.addAll(made.grades());
                }
                case RunResult.Refused(String reason) -> {
                    return new EditResult.Refused(reason);
                }
            }
            done += run.size();
        }
        return Arrays.equals(text, content) ? unchanged(content, grades) : changed(content, text, grades);
    }

    /** Hunks of one sort at the beginning of the list; sorts are applied in different ways. */
    private static List<Hunk> firstRun(List<Hunk> hunks) {
        int length = 1;
        while (length < hunks.size() && areOneSort(hunks.getFirst(), hunks.get(length))) {
            length++;
        }
        return hunks.subList(0, length);
    }

    private static boolean areOneSort(Hunk one, Hunk other) {
        return one instanceof Replacement == other instanceof Replacement
                && one instanceof Placement == other instanceof Placement;
    }

    private static EditResult unchanged(byte[] content, Set<Grade> grades) {
        return grades.equals(EnumSet.of(Grade.ALREADY_APPLIED))
                ? new EditResult.Edited(Bytes.of(content), Grade.names(grades))
                : new EditResult.Refused("the changes undo each other, or replace lines with the same lines, and leave"
                        + " the file as it is");
    }

    private static EditResult changed(byte[] content, byte[] text, Set<Grade> grades) {
        Optional<String> omission = Omission.addedBy(content, text);
        if (omission.isPresent()) {
            return new EditResult.Refused(omission.get());
        }
        return text.length > MAX_BYTES
                ? new EditResult.Refused("the result would be longer than " + MAX_BYTES_IN_WORDS)
                : new EditResult.Edited(Bytes.of(text), Grade.names(grades));
    }

    private static boolean isBinary(byte[] content) {
        for (byte b : content) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
