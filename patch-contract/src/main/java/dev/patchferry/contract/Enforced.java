package dev.patchferry.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What stood between the patch and the rest of the machine.
 *
 * <p>Each is {@code unknown} if nobody is left who knows what ran.
 *
 * @param sandbox {@code full}, {@code none}, or {@code not_started}
 * @param transaction {@code overlay}, {@code none}, or {@code not_started}
 * @param network {@code none} or {@code host}
 * @param limits each limit that was in force, for example {@code step_seconds=120}
 * @param policy what the workspace's policy said about the patch, and which rule; absent where there is none
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Enforced(
        String sandbox, String transaction, String network, List<String> limits, Optional<String> policy) {
    public Enforced {
        limits = List.copyOf(limits);
    }

    /** Nothing ran, so nothing was enforced. */
    public static Enforced nothingRan() {
        return new Enforced("not_started", "not_started", "none", List.of(), Optional.empty());
    }

    Enforced withPolicy(UnaryOperator<String> text) {
        return new Enforced(sandbox, transaction, network, limits, policy.map(text));
    }

    /** The same, under a policy. */
    public Enforced under(String ruling) {
        return new Enforced(sandbox, transaction, network, limits, Optional.of(ruling));
    }
}
