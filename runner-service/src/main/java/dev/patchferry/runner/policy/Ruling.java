package dev.patchferry.runner.policy;

import java.util.Optional;

/**
 * What a policy says about a patch.
 *
 * @param rule the one that decided; empty if none matched, and the patch is allowed for that
 */
public record Ruling(Action action, Optional<Rule> rule) {
    static final Ruling NO_RULE = new Ruling(Action.ALLOW, Optional.empty());

    static Ruling by(Rule rule) {
        return new Ruling(rule.action(), Optional.of(rule));
    }

    /** For the sender: the reason, and by which rule. The rule itself may name others, and stays with its owner. */
    public String words() {
        return rule.map(by -> (by.reason().isEmpty() ? "" : by.reason() + " ") + "(policy rule " + by.number() + ")")
                .orElse("no rule of the policy is about it");
    }
}
