package dev.patchferry.webhook.delivery;

import java.util.Optional;

/** The runner is at fault: no answer, or a 5xx. Counts against it in the circuit breaker. */
class RunnerFailure extends RuntimeException {
    static final String UNREACHABLE = "no connection to the runner";

    private static final long serialVersionUID = 1;

    private final transient Optional<Integer> httpStatus;

    RunnerFailure(String reason, Optional<Integer> httpStatus) {
        super(reason, null, false, false);
        this.httpStatus = httpStatus;
    }

    Optional<Integer> httpStatus() {
        return httpStatus;
    }

    /** A failure that often is over a moment later: a broken connection, or 502, 503, 504. */
    static final class Passing extends RunnerFailure {
        private static final long serialVersionUID = 1;

        Passing(String reason, Optional<Integer> httpStatus) {
            super(reason, httpStatus);
        }
    }
}
