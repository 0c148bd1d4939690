package dev.patchferry.runner.reads;

import java.time.Duration;

/** How much one answer holds and how long it may take. */
final class ReadBounds {
    /** Less than the webhook waits for an answer. */
    static final Duration TIME = Duration.ofSeconds(6);

    static final int MAX_ENTRIES = 1_000;
    static final int MAX_DEPTH = 100;
    static final int MAX_MATCHES = 1_000;
    static final int MAX_CONTEXT = 20;

    /** A larger file is for commands to read. */
    static final int MAX_FILE = 16 << 20;

    /** A larger one is not searched. */
    static final int MAX_SEARCHED_FILE = 8 << 20;

    /** Of the JSON of what is shown of a file, listed or found: an answer has 90,000 at most. */
    static final int MAX_CHARACTERS = 80_000;

    /** Of a line that was found. */
    static final int MAX_LINE = 500;

    private ReadBounds() {}
}
