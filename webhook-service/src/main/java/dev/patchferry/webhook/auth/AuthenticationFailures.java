package dev.patchferry.webhook.auth;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import io.github.bucket4j.TimeMeter;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** What whoever sent a wrong credential is told, and who hears of it. */
@Singleton
final class AuthenticationFailures {
    private final SourceAddress addresses;
    private final Event<AuthEvent> events;
    private final FailureThrottle throttle = new FailureThrottle(TimeMeter.SYSTEM_NANOTIME);

    AuthenticationFailures(SourceAddress addresses, Event<AuthEvent> events) {
        this.addresses = addresses;
        this.events = events;
    }

    /**
     * Counts a wrong credential.
     *
     * @param reason in a few words, for whoever reads the records
     * @param advice for the sender
     */
    AuthenticationFailedException refuse(HttpServerRequest request, String reason, String advice) {
        InetAddress from = addresses.of(request);
        return switch (throttle.count(from)) {
            case FailureThrottle.Verdict.Tell() -> {
                events.fire(
                        new AuthEvent.Refused(reason, from.getHostAddress(), request.method() + " " + request.path()));
                yield failure(Problem.of(ProblemType.UNAUTHENTICATED, advice), Optional.empty());
            }
            case FailureThrottle.Verdict.TooMany(Duration pause, boolean first) -> {
                if (first) {
                    events.fire(new AuthEvent.Throttled(from.getHostAddress()));
                }
                yield failure(
                        Problem.of(
                                ProblemType.RATE_LIMITED,
                                "Too many wrong credentials came from your address. A right one is let in all the"
                                        + " same."),
                        Optional.of(pause));
            }
        };
    }

    /** The framework's exception, with what is to be answered as its cause. */
    private static AuthenticationFailedException failure(Problem problem, Optional<Duration> retryAfter) {
        return new AuthenticationFailedException(problem.detail(), new ProblemException(problem, retryAfter));
    }
}
