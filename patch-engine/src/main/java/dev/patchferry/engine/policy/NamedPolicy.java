package dev.patchferry.engine.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said about a patch that no rule is about. */
public enum NamedPolicy {
    /** It may do anything in the workspace. */
    ALLOW,
    /** It runs without a network; whatever it changes waits for an approval. */
    CAUTIOUS;

    /** No rule that an owner writes begins like that. */
    private static final String CAUTIOUS_TEXT = "policy=cautious";

    private static final String CAUTIOUS_REASON =
            "in this workspace somebody looks at every change before it takes effect";

    /**
     * The policy with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static NamedPolicy named(String name) {
        return Arrays.stream(values())
                .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "is `" + name + "`, which is no policy; there are `allow` and `cautious`"));
    }

    /** Which one's rule stands behind these. */
    static NamedPolicy of(List<Rule> rules) {
        return !rules.isEmpty() && rules.getLast().text().equals(CAUTIOUS_TEXT) ? CAUTIOUS : ALLOW;
    }

    Optional<Rule> rule(int number) {
        return switch (this) {
            case ALLOW -> Optional.empty();
            case CAUTIOUS -> Optional.of(new Rule(number, Action.PROPOSE, List.of(), CAUTIOUS_REASON, CAUTIOUS_TEXT));
        };
    }
}
