package dev.patchferry.engine.policy;

import java.util.Optional;

/**
 * What a policy says about a patch.
 *
 * @param rule the one that decided; empty if none matched
 * @param otherwise what is said if none matched
 */
public record Ruling(Action action, Optional<Rule> rule, String otherwise) {
    static final Ruling NO_RULE = new Ruling(Action.ALLOW, Optional.empty(), "no rule of the policy is about it");

    static Ruling by(Rule rule) {
        return new Ruling(rule.action(), Optional.of(rule), "");
    }

    /** What is always so, unless a rule says otherwise. */
    static Ruling gitExecuted(String path) {
        return new Ruling(
                Action.PROPOSE,
                Optional.empty(),
                "the owner's git runs or includes " + path
                        + " (built-in rule; `allow group=git-executed` in the workspace's rules lifts it)");
    }

    /** Whether no rule of the owner's decided. */
    public boolean isBuiltIn() {
        return rule.isEmpty() && action != Action.ALLOW;
    }

    /** For the sender: the reason, and by which rule. The rule itself may name others, and stays with its owner. */
    public String words() {
        return rule.map(by -> (by.reason().isEmpty() ? "" : by.reason() + " ") + "(policy rule " + by.number() + ")")
                .orElse(otherwise);
    }
}
