package dev.patchferry.engine.format.text;

import dev.patchferry.engine.plan.PatchReading;

/**
 * Text that a parser cannot go on with, thrown from wherever it is found. Never leaves a parser: its door makes a
 * {@link PatchReading.Unusable} of it.
 */
public final class Fault extends RuntimeException {
    private final int line;
    private final String reason;

    /**
     * A fault in this line.
     *
     * @param line from 1; 0 for the text as a whole
     */
    public Fault(int line, String reason) {
        super(reason, null, false, false);
        this.line = line;
        this.reason = reason;
    }

    public PatchReading.Unusable reading() {
        return new PatchReading.Unusable(line, reason);
    }
}
