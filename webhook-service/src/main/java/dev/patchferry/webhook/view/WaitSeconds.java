package dev.patchferry.webhook.view;

import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The parameter {@code wait}. */
public final class WaitSeconds {
    /** Nobody waits longer: proxies on the way give up soon after. */
    public static final Duration LONGEST = Duration.ofSeconds(40);

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int SMALL = 4;

    private WaitSeconds() {}

    /**
     * How long the request wants to wait; zero if it says nothing. Looks at the URI itself, since the framework takes
     * {@code wait=} for nothing said.
     *
     * @throws ProblemException 400 unless it is an integer of at least 0
     */
    public static Duration of(UriInfo uri) {
        List<String> said = uri.getQueryParameters().getOrDefault("wait", List.of());
        return said.stream().map(WaitSeconds::parse).reduce(Duration.ZERO, (_, last) -> last);
    }

    static Duration parse(String text) {
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
