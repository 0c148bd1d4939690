package dev.patchferry.webhook.delivery;

import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.UnansweredException;
import dev.patchferry.webhook.store.OutboxEntry;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.jboss.logging.Logger;

/**
 * The runner's intake behind all the fault tolerance there is in this service.
 *
 * <p>Worst case of one call: three requests of at most 10 s each ({@link RunnerClient}; the timeout of 12 s here would
 * end one that keeps to no bound) and two pauses of at most 300 ms, so 30.6 s. That takes a runner that answers 503 at the last moment three times; a refused
 * connection fails in about half a second, a silent runner after one request. Sending again is safe: the runner knows
 * each patch by id and content.
 *
 * <p>The breaker opens for 5 s when 5 of the last 10 requests failed. Answers of 4xx, 429 among them, are no failures.
 */
@ApplicationScoped
class GuardedRunner {
    static final String BREAKER = "runner";

    private static final Logger LOG = Logger.getLogger(GuardedRunner.class);

    private final RunnerClient runner;

    GuardedRunner(RunnerClient runner) {
        this.runner = runner;
    }

    /**
     * Hands a patch over.
     *
     * @return the answer; empty if the patch was withdrawn, and nothing was sent
     * @throws RunnerFailure if there was no answer or a 5xx
     * @throws org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException if (from then on) nothing
     *     was sent
     * @throws org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException if the client's own timeout failed
     */
    @Retry(maxRetries = 2, delay = 200, jitter = 100, retryOn = RunnerFailure.Passing.class)
    @CircuitBreaker(requestVolumeThreshold = 10, failureRatio = 0.5, delay = 5_000, failOn = RunnerFailure.class)
    @CircuitBreakerName(BREAKER)
    @Timeout(12_000)
    Optional<RunnerReply> submit(InFlightDelivery inFlightDelivery) {
        OutboxEntry outboxEntry = inFlightDelivery.entry();
        if (!inFlightDelivery.mayLeave()) {
            return Optional.empty();
        }
        CrashPoint.WEBHOOK_SENDING.reached();
        try {
            return Optional.of(judged(
                    inFlightDelivery,
                    runner.submit(
                            outboxEntry.sender().principal(),
                            outboxEntry.sender().joinedRoles(),
                            inFlightDelivery.journal(),
                            outboxEntry.hashRule(),
                            outboxEntry.document().bytes())));
        } catch (UnansweredException e) {
            throw unanswered(inFlightDelivery, e);
        }
    }

    /** After a 5xx nobody knows how far the request got. */
    private static RunnerReply judged(InFlightDelivery inFlightDelivery, RunnerReply reply) {
        if (reply.status() < 500) {
            return reply;
        }
        String reason = "the runner answered " + reply.status();
        Optional<Integer> status = Optional.of(reply.status());
        boolean passing = reply.status() >= 502 && reply.status() <= 504;
        throw inFlightDelivery.failed(
                passing ? new RunnerFailure.Passing(reason, status) : new RunnerFailure(reason, status), true);
    }

    private static RunnerFailure unanswered(InFlightDelivery inFlightDelivery, UnansweredException e) {
        LOG.debugf("no answer patchId=%s reason=%s", inFlightDelivery.entry().id(), e.getMessage());
        Optional<Integer> none = Optional.empty();
        return switch (e.cause()) {
            case UNREACHABLE ->
                inFlightDelivery.failed(new RunnerFailure.Passing(RunnerFailure.UNREACHABLE, none), false);
            case TIMEOUT -> inFlightDelivery.failed(new RunnerFailure("the runner did not answer in time", none), true);
            case BROKEN ->
                inFlightDelivery.failed(
                        new RunnerFailure.Passing(
                                "the connection to the runner broke, or what came was no answer", none),
                        true);
        };
    }
}
