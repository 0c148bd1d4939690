package dev.patchferry.runner.execution;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.runner.sandbox.Limit;
import dev.patchferry.runner.sandbox.Limits;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How long a command may take.
 *
 * @param duration wall time
 * @param source for a reason: who set it, and to what
 */
record TimeLimit(Duration duration, String source) {
    /**
     * The limit of the next command.
     *
     * @param asked the seconds that the document asks for; the workspace's own bound holds even if it was lowered since
     * @param used what the patch's commands have taken so far
     */
    static TimeLimit of(Limits limits, Step.Run.Kind purpose, OptionalInt asked, Duration used) {
        Duration left = limits.patch().minus(used);
        TimeLimit own = asked.isPresent()
                ? asked(limits, asked.getAsInt())
                : purpose == Step.Run.Kind.BUILD
                        ? new TimeLimit(limits.build(), limits.inForce(Limit.BUILD))
                        : new TimeLimit(limits.step(), limits.inForce(Limit.STEP));
        return own.duration.compareTo(left) <= 0 ? own : new TimeLimit(left, limits.inForce(Limit.PATCH));
    }

    private static TimeLimit asked(Limits limits, int seconds) {
        Duration wanted = Duration.ofSeconds(seconds);
        Duration longest = limits.longestCommand();
        return wanted.compareTo(longest) <= 0
                ? new TimeLimit(wanted, "`timeout_s` of the document is " + seconds)
                : new TimeLimit(longest, limits.inForce(limits.longest()));
    }
}
