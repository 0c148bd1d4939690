package dev.patchferry.engine.forms;

import java.util.stream.IntStream;

/**
 * The seeds of the tests that make patches by chance: {@code -Dferry.roundtrip.seeds=N} of them instead of 1,000, from
 * {@code -Dferry.roundtrip.first=N} on instead of 0.
 */
final class Seeds {
    private static final int FIRST = Integer.getInteger("ferry.roundtrip.first", 0);
    private static final int COUNT = Integer.getInteger("ferry.roundtrip.seeds", 1_000);

    private Seeds() {}

    static IntStream all() {
        return IntStream.range(FIRST, FIRST + COUNT);
    }
}
