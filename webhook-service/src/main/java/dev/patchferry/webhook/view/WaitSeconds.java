package dev.patchferry.webhook.view;

import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameter {@code wait}. */
public final class WaitSeconds {
    /** Nobody waits longer: proxies on the way give up soon after. */
    public static final Duration LONGEST = Duration.ofSeconds(40);

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int SMALL = 4;

    private WaitSeconds() {}

    /**
     * How long to wait; zero if nothing was said.
     *
     * @throws ProblemException 400 unless it is an integer of at least 0
     */
    public static Duration parse(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        if (!DIGITS.matcher(text).matches()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "wait must be a whole number of seconds from 0 on, for example wait=25; more than "
                            + LONGEST.toSeconds() + " counts as " + LONGEST.toSeconds() + ".");
        }
        if (text.length() > SMALL) {
            return LONGEST;
        }
        Duration asked = Duration.ofSeconds(Integer.parseInt(text));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
