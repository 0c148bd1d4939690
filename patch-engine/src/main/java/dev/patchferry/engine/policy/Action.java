package dev.patchferry.engine.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What becomes of a patch. */
public enum Action {
    /** It runs and takes effect. */
    ALLOW,
    /** It does not run before somebody has approved it. */
    HOLD,
    /** It runs without a network, and takes effect once somebody has approved what it did. */
    PROPOSE,
    /** It does not run; or, if it did, does not take effect. */
    DENY;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Action> named(String name) {
        return Arrays.stream(values())
                .filter(action -> action.wireName().equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Action::wireName).collect(Collectors.joining(", "));
    }
}
