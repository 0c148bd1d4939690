package dev.patchferry.runner.reads;

import dev.patchferry.contract.ProblemType;

/** A read that cannot be answered; the message says what to do instead. */
public final class ReadRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    ReadRefused(ProblemType type, String message) {
        super(message);
        this.type = type;
    }

    static ReadRefused badRequest(String message) {
        return new ReadRefused(ProblemType.BAD_REQUEST, message);
    }

    static ReadRefused notFound(String message) {
        return new ReadRefused(ProblemType.NOT_FOUND, message);
    }

    static ReadRefused busy() {
        return new ReadRefused(
                ProblemType.OVERLOADED,
                "Too many reads at once. Nothing was read; ask again in a few seconds, one after the other.");
    }

    public ProblemType type() {
        return type;
    }
}
