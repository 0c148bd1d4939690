package dev.patchferry.engine.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules of a workspace, in order; the first that matches decides, and a patch that none is about is allowed. A patch
 * that somebody let run in spite of a {@code hold} is looked at by the rules behind it.
 */
public record Policy(List<Rule> rules) {
    /** Whoever may submit may do anything in the workspace. */
    public static final Policy ALLOW = new Policy(List.of());

    private static final Condition.Path GIT_EXECUTED =
            new Condition.Path(PathGroup.GIT_EXECUTED.globs(), /* gitExecuted= */ true);

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

    /**
     * Before its commit: by every rule. If it may have changed any path, the strictest of those that ask for paths decides,
     * as far as the first that decides without asking.
     */
    public Ruling after(Request request, Touched touched) {
        Optional<Rule> decides = touched.everything() ? strictest(request, touched) : first(request, touched);
        return decides.map(Ruling::by).orElseGet(() -> withoutARule(request, touched));
    }

    private Optional<Rule> first(Request request, Touched touched) {
        return rules.stream().filter(rule -> rule.matches(request, touched)).findFirst();
    }

    private Optional<Rule> strictest(Request request, Touched touched) {
        Optional<Rule> strictest = Optional.empty();
        for (Rule rule : rules) {
            if (!rule.matches(request, touched)) {
                continue;
            }
            if (strictest.isEmpty() || rule.action().compareTo(strictest.get().action()) > 0) {
                strictest = Optional.of(rule);
            }
            if (!rule.looksAtPaths() || rule.action() == Action.ALLOW) {
                break;
            }
        }
        return strictest;
    }

    /** What the owner's git runs or includes is proposed, unless a rule allows that very path. */
    private Ruling withoutARule(Request request, Touched touched) {
        return touched.entries().stream()
                .filter(GIT_EXECUTED::isNamed)
                .filter(entry -> rules.stream().noneMatch(rule -> rule.allows(request, entry)))
                .findFirst()
                .map(entry -> Ruling.gitExecuted(entry.path()))
                .orElse(Ruling.NO_RULE);
    }

    /** Whether there is anything to say about a patch. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The name of the policy behind the owner's rules: {@code allow} or {@code cautious}. */
    public String otherwise() {
        return NamedPolicy.of(rules).name().toLowerCase(Locale.ROOT);
    }

    /** How many rules the owner has written. */
    public int written() {
        return rules.size() - (NamedPolicy.of(rules) == NamedPolicy.ALLOW ? 0 : 1);
    }
}
