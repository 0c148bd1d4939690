package dev.patchferry.runner.process;

/** How a process ended. */
public sealed interface Exit {
    /**
     * By itself, or by a signal that we did not send.
     *
     * @param code 0 to 255; a shell's 128+n after signal n
     */
    record Ended(int code) implements Exit {}

    /** It was ended since its time was up. */
    record TimedOut() implements Exit {}

    /**
     * It was ended since it used up too much.
     *
     * @param limit which limit, a stable word first
     */
    record OverLimit(String limit) implements Exit {}

    /** It was ended since somebody asked for that. */
    record Cancelled(Cancellation.Request request) implements Exit {}
}
