package dev.patchferry.engine.edit;

import java.util.Set;

/** What came of one replacement. */
sealed interface HunkResult {
    /** The text with the replacement made. */
    record Changed(String text, Set<Grade> grades) implements HunkResult {}

    /** The text reads already as the replacement would leave it. */
    record AlreadyApplied() implements HunkResult {}

    /** What is to be replaced was not found. */
    record Missing(String reason) implements HunkResult {}

    /** The replacement cannot be made. */
    record Refused(String reason) implements HunkResult {}
}
