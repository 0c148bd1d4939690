package dev.patchferry.webhook.delivery;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.RunnerStreams;
import dev.patchferry.webhook.store.OutboxEntry;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RunnerEventStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** Makes one attempt and says how it went. */
@Singleton
class DeliveryClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GuardedRunner runner;
    private final RunnerStreams streams;
    private final PatchStore store;

    DeliveryClient(GuardedRunner runner, RunnerStreams streams, PatchStore store) {
        this.runner = runner;
        this.streams = streams;
        this.store = store;
    }

    DeliveryResult deliver(OutboxEntry outboxEntry) {
        try {
            return deliver(new InFlightDelivery(outboxEntry, store.outbox(), journal()));
        } catch (IOException e) {
            return new DeliveryResult.Failed(RunnerFailure.UNREACHABLE, Optional.empty(), false);
        }
    }

    /**
     * The place in the runner's journal that is known here. Asked for before the first patch of all leaves: a patch whose
     * answer is lost may only be sent again to the journal that it was sent to.
     */
    private Optional<EventCursor> journal() throws IOException {
        RunnerEventStore runnerEventStore = store.runnerEvents();
        EventCursor known = runnerEventStore.cursor();
        if (!known.equals(EventCursor.START)) {
            return Optional.of(known);
        }
        Optional<EventCursor> newest = streams.newestCursor(PATIENCE);
        newest.ifPresent(runnerEventStore::beginAt);
        return newest;
    }

    private DeliveryResult deliver(InFlightDelivery inFlightDelivery) {
        try {
            return runner.submit(inFlightDelivery)
                    .map(reply -> read(reply, inFlightDelivery))
                    .orElseGet(DeliveryResult.Withdrawn::new);
        } catch (RunnerFailure e) {
            return failed(e, inFlightDelivery);
        } catch (TimeoutException e) {
            return new DeliveryResult.Failed("the runner did not answer in time", Optional.empty(), true);
        } catch (CircuitBreakerOpenException e) {
            // The breaker may open between two quick retries; then this was an attempt all the same.
            return inFlightDelivery
                    .lastFailure()
                    .<DeliveryResult>map(failure -> failed(failure, inFlightDelivery))
                    .orElseGet(DeliveryResult.BreakerOpen::new);
        }
    }

    private static DeliveryResult.Failed failed(RunnerFailure failure, InFlightDelivery inFlightDelivery) {
        return new DeliveryResult.Failed(
                String.valueOf(failure.getMessage()), failure.httpStatus(), inFlightDelivery.mayHaveArrived());
    }

    /** What is answered now says nothing about an earlier request of the same attempt, which may have arrived. */
    private static DeliveryResult read(RunnerReply reply, InFlightDelivery inFlightDelivery) {
        int status = reply.status();
        boolean before = inFlightDelivery.mayHaveArrived();
        return switch (status) {
            case 200, 202 -> delivered(reply, inFlightDelivery.entry());
            case 409, 422 ->
                reply.problem()
                        .<DeliveryResult>map(problem -> new DeliveryResult.Refused(inWords(problem), status))
                        .orElseGet(() -> strange(reply));
            case 429 ->
                reply.problem()
                        .<DeliveryResult>map(_ -> new DeliveryResult.Busy(reply.retryAfter(), status, before))
                        .orElseGet(() -> strange(reply));
            case 401, 403 ->
                new DeliveryResult.Failed(
                        "the runner does not accept this webhook's token; both need the same runner token",
                        Optional.of(status),
                        before);
            case 410 ->
                new DeliveryResult.Failed(
                        "the runner has another journal than before and is asked first for every patch it may have had",
                        Optional.of(status),
                        before);
            default -> new DeliveryResult.Failed("the runner answered " + status, Optional.of(status), before);
        };
    }

    /** Only the runner's own word for this very content counts: anything else in its place might lose the patch. */
    private static DeliveryResult delivered(RunnerReply reply, OutboxEntry outboxEntry) {
        return reply.patch(outboxEntry.id(), outboxEntry.hash())
                .<DeliveryResult>map(patch -> new DeliveryResult.Delivered(patch, reply.status()))
                .orElseGet(() -> strange(reply));
    }

    private static DeliveryResult strange(RunnerReply reply) {
        return new DeliveryResult.Failed(
                "the answer does not come from a runner that knows this patch", Optional.of(reply.status()), true);
    }

    private static String inWords(Problem problem) {
        StringBuilder words = new StringBuilder(problem.detail());
        problem.errors()
                .forEach(fault -> words.append(' ')
                        .append(fault.pointer())
                        .append(": ")
                        .append(fault.detail())
                        .append('.'));
        return words.toString();
    }
}
