package dev.patchferry.engine.edit;

import java.util.Set;

/** What came of applying hunks of one sort, one after the other. */
sealed interface RunResult {
    /**
     * They are applied.
     *
     * @param content the file now; nobody else's
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy for every run
    record Made(byte[] content, Set<Grade> grades) implements RunResult {}

    /** One of them cannot be, so none is. */
    record Refused(String reason) implements RunResult {}
}
