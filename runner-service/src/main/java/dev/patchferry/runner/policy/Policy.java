package dev.patchferry.runner.policy;

import java.util.List;

/**
 * The rules of a workspace, in order; the first that matches decides, and a patch that none is about is allowed. A patch
 * that somebody let run in spite of a {@code hold} is looked at by the rules behind it.
 */
public record Policy(List<Rule> rules) {
    /** Whoever may submit may do anything in the workspace. */
    public static final Policy ALLOW = new Policy(List.of());

    public Policy {
        rules = List.copyOf(rules);
    }

    /**
     * Before a patch runs, when nobody knows what it will touch: by the rules that do not ask for that. What they propose
     * runs without a network, even if it may turn out that an earlier rule allows what it did.
     */
    public Ruling before(Request request) {
        return rules.stream()
                .filter(rule -> !rule.looksAtPaths())
                .filter(rule -> rule.matches(request))
                .findFirst()
                .map(Ruling::by)
                .orElse(Ruling.NO_RULE);
    }

    /** Before its commit: by every rule. */
    public Ruling after(Request request, Touched touched) {
        return rules.stream()
                .filter(rule -> rule.matches(request, touched))
                .findFirst()
                .map(Ruling::by)
                .orElse(Ruling.NO_RULE);
    }

    /** Whether there is anything to say about a patch. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }
}
