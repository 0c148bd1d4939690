package dev.patchferry.webhook.store;

import dev.patchferry.contract.RunnerPatch;
import java.time.Instant;

/** What follows from an attempt to deliver. */
public sealed interface DeliveryDecision {
    /** The runner has journalled it; it leaves the outbox. */
    record Forwarded(RunnerPatch patch) implements DeliveryDecision {}

    /** The runner will never take it: it ends {@code rejected}. */
    record Refused(String reason) implements DeliveryDecision {}

    /**
     * Try again.
     *
     * @param due when
     * @param mayHaveArrived whether a request of this attempt may have reached the runner
     */
    record Later(Instant due, boolean mayHaveArrived) implements DeliveryDecision {}

    /** It was tried for as long as it is tried: it ends {@code undeliverable}. */
    record GivenUp(String reason) implements DeliveryDecision {}
}
