package dev.patchferry.runner.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of a patch's events somebody has: what stands in {@code Last-Event-ID}.
 *
 * @param states how many states
 * @param attempt whose output
 * @param offset how many bytes of that
 */
record PatchPosition(int states, int attempt, long offset) {
    static final PatchPosition START = new PatchPosition(0, 1, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})-(\\d{1,6})-(\\d{1,15})");

    /** Empty for what was never given out; no id at all is the start. */
    static Optional<PatchPosition> parse(@Nullable String id) {
        if (id == null || id.isBlank()) {
            return Optional.of(START);
        }
        Matcher form = FORM.matcher(id);
        return form.matches()
                ? Optional.of(new PatchPosition(
                        Integer.parseInt(form.group(1)),
                        Integer.parseInt(form.group(2)),
                        Long.parseLong(form.group(3))))
                : Optional.empty();
    }

    PatchPosition afterState() {
        return new PatchPosition(states + 1, attempt, offset);
    }

    PatchPosition atByte(long next) {
        return new PatchPosition(states, attempt, next);
    }

    PatchPosition inAttempt(int next) {
        return next == attempt ? this : new PatchPosition(states, next, 0);
    }

    @Override
    public String toString() {
        return states + "-" + attempt + "-" + offset;
    }
}
