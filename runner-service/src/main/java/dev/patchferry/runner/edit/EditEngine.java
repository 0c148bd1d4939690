package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.Bytes;
import dev.patchferry.runner.plan.Replacement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Makes replacements in the content of a file.
 *
 * <p>A pattern that compiles is a regular expression (dot matches line breaks, too) unless it may not be one; when that
 * matches nothing but the pattern's own text occurs, that text is meant. Replacements are made in order, each in what
 * the one before it left, and all or none of them.
 */
public final class EditEngine {
    /** A file longer than this many bytes is not edited, before or after. */
    public static final int MAX_BYTES = 10 << 20;

    static final String MAX_BYTES_IN_WORDS = "10 MiB, the most that is edited";
    static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    private final LongSupplier nanoClock;

    /** @param nanoClock a clock that only moves forward, in nanoseconds, such as {@link System#nanoTime} */
    public EditEngine(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Takes about two seconds at the most, whatever the patterns. */
    public EditResult edit(byte[] content, List<Replacement> hunks) {
        if (content.length > MAX_BYTES) {
            return new EditResult.Refused("the file is longer than " + MAX_BYTES_IN_WORDS);
        }
        Optional<TextFile> file = TextFile.decode(content);
        if (file.isEmpty()) {
            return new EditResult.Refused("the file is not UTF-8 text; it would be damaged. Change it with a command");
        }
        try {
            return edit(file.get(), content, hunks);
        } catch (Abandoned e) {
            return new EditResult.Refused(e.reason());
        } catch (StackOverflowError e) {
            // java.util.regex recurses for some repetitions, such as (a|b)*; the stack is whole again here.
            return new EditResult.Refused("a regular expression needs too much memory for this file;"
                    + " repeat a character class such as [ab]* instead of a group such as (a|b)*");
        }
    }

    private EditResult edit(TextFile file, byte[] content, List<Replacement> hunks) {
        Deadline deadline = Deadline.in(TIME_LIMIT.toNanos(), nanoClock);
        Set<Grade> grades = EnumSet.noneOf(Grade.class);
        String text = file.text();
        for (int i = 0; i < hunks.size(); i++) {
            switch (new Hunk(hunks.get(i), file.ending(), deadline).applyTo(text)) {
                case HunkResult.Changed(String changed, Grade grade) -> {
                    text = changed;
                    grades.add(grade);
                }
                case HunkResult.AlreadyApplied() -> grades.add(Grade.ALREADY_APPLIED);
                case HunkResult.Refused(String reason) -> {
                    String where = hunks.size() == 1 ? "" : "replacement " + (i + 1) + " of " + hunks.size() + ": ";
                    return new EditResult.Refused(where + reason);
                }
            }
        }
        return text.equals(file.text()) ? unchanged(content, grades) : changed(file, text, grades);
    }

    private static EditResult unchanged(byte[] content, Set<Grade> grades) {
        return grades.equals(EnumSet.of(Grade.ALREADY_APPLIED))
                ? new EditResult.Edited(Bytes.of(content), Grade.names(grades))
                : new EditResult.Refused("the replacements undo each other and leave the file as it is");
    }

    private static EditResult changed(TextFile file, String text, Set<Grade> grades) {
        Optional<Bytes> bytes = file.encode(text);
        if (bytes.isEmpty()) {
            return new EditResult.Refused("the result would hold half a surrogate pair, which is not Unicode text");
        }
        return bytes.get().size() > MAX_BYTES
                ? new EditResult.Refused("the result would be longer than " + MAX_BYTES_IN_WORDS)
                : new EditResult.Edited(bytes.get(), Grade.names(grades));
    }
}
