package dev.patchferry.webhook.delivery;

import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.store.Parcel;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The runner's intake behind all the fault tolerance there is in this service.
 *
 * <p>Worst case of one call: three requests of at most 12 s each (connect 2 s, then 10 s for the answer) and two pauses
 * of at most 300 ms, so 36.6 s. That takes a runner that answers 503 at the last moment three times; a refused
 * connection fails in about half a second, a silent runner after one request. Sending again is safe: the runner knows
 * each patch by id and content.
 *
 * <p>The breaker opens for 5 s when 5 of the last 10 requests failed. Answers of 4xx, 429 among them, are no failures.
 */
@ApplicationScoped
class GuardedRunner {
    static final String BREAKER = "runner";

    private final RunnerClient runner;

    GuardedRunner(@RestClient RunnerClient runner) {
        this.runner = runner;
    }

    /**
     * Hands a parcel over.
     *
     * @return the answer; empty if the parcel was withdrawn, and nothing was sent
     * @throws RunnerFailure if there was no answer or a 5xx
     * @throws org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException if (from then on) nothing
     *     was sent
     * @throws org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException if the client's own timeouts failed
     */
    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = RunnerFailure.Passing.class)
    @CircuitBreaker(requestVolumeThreshold = 10, failureRatio = 0.5, delay = 5_000, failOn = RunnerFailure.class)
    @CircuitBreakerName(BREAKER)
    @Timeout(12_000)
    Optional<Reply> submit(Departure departure) {
        Parcel parcel = departure.parcel();
        if (!departure.mayLeave()) {
            return Optional.empty();
        }
        CrashPoint.WEBHOOK_SENDING.reached();
        try (Response response = runner.submit(
                parcel.sender().principal(),
                parcel.sender().joinedRoles(),
                departure.journal(),
                String.valueOf(parcel.hashRule().number()),
                parcel.document().bytes())) {
            return Optional.of(judged(departure, Reply.read(response)));
        } catch (ProcessingException e) {
            throw unanswered(departure, e);
        }
    }

    /** After a 5xx nobody knows how far the request got. */
    private static Reply judged(Departure departure, Reply reply) {
        if (reply.status() < 500) {
            return reply;
        }
        String reason = "the runner answered " + reply.status();
        Optional<Integer> status = Optional.of(reply.status());
        boolean passing = reply.status() >= 502 && reply.status() <= 504;
        throw departure.failed(
                passing ? new RunnerFailure.Passing(reason, status) : new RunnerFailure(reason, status), true);
    }

    private static RunnerFailure unanswered(Departure departure, ProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return departure.failed(new RunnerFailure.Passing(RunnerFailure.UNREACHABLE, Optional.empty()), false);
            }
            if (cause instanceof TimeoutException) {
                return departure.failed(new RunnerFailure("the runner did not answer in time", Optional.empty()), true);
            }
        }
        return departure.failed(
                new RunnerFailure.Passing("the connection to the runner broke", Optional.empty()), true);
    }
}
