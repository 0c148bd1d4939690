package dev.patchferry.webhook.delivery;

import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.store.Parcel;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** Makes one attempt and says how it went. */
@Singleton
class Courier {
    private final GuardedRunner runner;

    Courier(GuardedRunner runner) {
        this.runner = runner;
    }

    Delivery deliver(Departure departure) {
        try {
            return runner.submit(departure)
                    .map(reply -> read(reply, departure.parcel()))
                    .orElseGet(Delivery.Withdrawn::new);
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

    private static Delivery read(Reply reply, Parcel parcel) {
        int status = reply.status();
        return switch (status) {
            case 200, 202 -> delivered(reply, parcel);
            case 409, 422 -> new Delivery.Refused(refusal(reply), status);
            case 429 -> new Delivery.Busy(reply.retryAfter(), status);
            case 401, 403 ->
                new Delivery.Failed(
                        "the runner does not accept this webhook's token; both need the same runner token",
                        Optional.of(status),
                        false);
            default -> new Delivery.Failed("the runner answered " + status, Optional.of(status), false);
        };
    }

    /** Only the runner's own word for this very content counts: anything else in its place might lose the patch. */
    private static Delivery delivered(Reply reply, Parcel parcel) {
        try {
            RunnerPatch patch = Json.MAPPER.readValue(reply.body(), RunnerPatch.class);
            if (patch.id().equals(parcel.id()) && patch.contentHash().equals(parcel.hash())) {
                return new Delivery.Delivered(patch, reply.status());
            }
        } catch (IOException | RuntimeException e) {
            return strange(reply);
        }
        return strange(reply);
    }

    private static Delivery strange(Reply reply) {
        return new Delivery.Failed(
                "the answer does not come from a runner that has this patch", Optional.of(reply.status()), true);
    }

    private static String refusal(Reply reply) {
        Optional<Problem> problem = RunnerProblem.read(reply.body());
        return problem.map(Courier::inWords).orElse("the runner refused it (" + reply.status() + ")");
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
