package dev.patchferry.engine.policy;

import java.util.List;

/**
 * One rule of a policy.
 *
 * @param number its place, from 1
 * @param conditions all have to be fulfilled; none is fulfilled by every patch
 * @param reason for whoever sent a patch that it decides about; may be empty where it allows
 * @param text as its owner wrote it
 */
public record Rule(int number, Action action, List<Condition> conditions, String reason, String text) {
    public Rule {
        conditions = List.copyOf(conditions);
    }

    /** Whether it decides by what a patch did, and so only after that has run. */
    public boolean looksAtPaths() {
        return conditions.stream().anyMatch(Condition.Path.class::isInstance);
    }

    /** Whether it leaves nothing for a rule behind it. */
    boolean decidesAlways() {
        return conditions.isEmpty() && action != Action.HOLD;
    }

    /** Whether it allows this path, whatever else was changed with it. */
    boolean allows(Request request, Touched.Entry entry) {
        return action == Action.ALLOW && looksAtPaths() && matches(request, new Touched(List.of(entry)));
    }

    boolean matches(Request request) {
        boolean settled = action == Action.HOLD && !looksAtPaths() && request.released();
        return !settled && conditions.stream().allMatch(condition -> condition.isFulfilledBy(request, action));
    }

    boolean matches(Request request, Touched touched) {
        return matches(request) && conditions.stream().allMatch(condition -> condition.isFulfilledBy(touched, action));
    }
}
