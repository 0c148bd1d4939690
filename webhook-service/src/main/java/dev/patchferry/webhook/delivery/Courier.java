package dev.patchferry.webhook.delivery;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.RunnerStreams;
import dev.patchferry.webhook.store.Outcomes;
import dev.patchferry.webhook.store.Parcel;
import dev.patchferry.webhook.store.PatchStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** Makes one attempt and says how it went. */
@Singleton
class Courier {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GuardedRunner runner;
    private final RunnerStreams streams;
    private final PatchStore store;

    Courier(GuardedRunner runner, RunnerStreams streams, PatchStore store) {
        this.runner = runner;
        this.streams = streams;
        this.store = store;
    }

    Delivery deliver(Parcel parcel) {
        try {
            return deliver(new Departure(parcel, store.outbox(), journal()));
        } catch (IOException e) {
            return new Delivery.Failed(RunnerFailure.UNREACHABLE, Optional.empty(), false);
        }
    }

    /**
     * The place in the runner's journal that is known here. Asked for before the first patch of all leaves: a patch whose
     * answer is lost may only be sent again to the journal that it was sent to.
     */
    private Optional<EventCursor> journal() throws IOException {
        Outcomes outcomes = store.outcomes();
        EventCursor known = outcomes.cursor();
        if (!known.equals(EventCursor.START)) {
            return Optional.of(known);
        }
        Optional<EventCursor> newest = streams.newestCursor(PATIENCE);
        newest.ifPresent(outcomes::beginAt);
        return newest;
    }

    private Delivery deliver(Departure departure) {
        try {
            return runner.submit(departure).map(reply -> read(reply, departure)).orElseGet(Delivery.Withdrawn::new);
        } catch (RunnerFailure e) {
            return failed(e, departure);
        } catch (TimeoutException e) {
            return new Delivery.Failed("the runner did not answer in time", Optional.empty(), true);
        } catch (CircuitBreakerOpenException e) {
            // The breaker may open between two quick retries; then this was an attempt all the same.
            return departure
                    .lastFailure()
                    .<Delivery>map(failure -> failed(failure, departure))
                    .orElseGet(Delivery.BreakerOpen::new);
        }
    }

    private static Delivery.Failed failed(RunnerFailure failure, Departure departure) {
        return new Delivery.Failed(
                String.valueOf(failure.getMessage()), failure.httpStatus(), departure.mayHaveArrived());
    }

    /** What is answered now says nothing about an earlier request of the same attempt, which may have arrived. */
    private static Delivery read(RunnerReply reply, Departure departure) {
        int status = reply.status();
        boolean before = departure.mayHaveArrived();
        return switch (status) {
            case 200, 202 -> delivered(reply, departure.parcel());
            case 409, 422 ->
                reply.problem()
                        .<Delivery>map(problem -> new Delivery.Refused(inWords(problem), status))
                        .orElseGet(() -> strange(reply));
            case 429 ->
                reply.problem()
                        .<Delivery>map(_ -> new Delivery.Busy(reply.retryAfter(), status, before))
                        .orElseGet(() -> strange(reply));
            case 401, 403 ->
                new Delivery.Failed(
                        "the runner does not accept this webhook's token; both need the same runner token",
                        Optional.of(status),
                        before);
            case 410 ->
                new Delivery.Failed(
                        "the runner has another journal than before and is asked first for every patch it may have had",
                        Optional.of(status),
                        before);
            default -> new Delivery.Failed("the runner answered " + status, Optional.of(status), before);
        };
    }

    /** Only the runner's own word for this very content counts: anything else in its place might lose the patch. */
    private static Delivery delivered(RunnerReply reply, Parcel parcel) {
        return reply.patch(parcel.id(), parcel.hash())
                .<Delivery>map(patch -> new Delivery.Delivered(patch, reply.status()))
                .orElseGet(() -> strange(reply));
    }

    private static Delivery strange(RunnerReply reply) {
        return new Delivery.Failed(
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
