package dev.patchferry.webhook.runner;

import java.io.IOException;

/** A request to the runner that brought back no answer that could be read to its end. */
public final class UnansweredException extends IOException {
    private static final long serialVersionUID = 1;

    private final Cause cause;

    /** What kept the answer away. */
    public enum Cause {
        /** Nobody took the connection: nothing was sent. */
        UNREACHABLE,
        /** The answer did not come in time, or not to its end. */
        TIMEOUT,
        /** The connection broke, or what came is no HTTP, or too long. */
        BROKEN
    }

    UnansweredException(Cause cause, Throwable thrown) {
        super(cause + ": " + thrown, thrown);
        this.cause = cause;
    }

    public Cause cause() {
        return cause;
    }
}
