package dev.patchferry.foundation.problem;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** Ends a request with a problem. For the edge of a service; inside, an expected outcome is a value. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;

    public ProblemException(Problem problem) {
        this(problem, Optional.empty());
    }

    public ProblemException(ProblemType type, String detail) {
        this(Problem.of(type, detail));
    }

    /**
     * @param retryAfter what {@code Retry-After} says, in whole seconds
     */
    public ProblemException(Problem problem, Optional<Duration> retryAfter) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public Problem problem() {
        return problem;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
