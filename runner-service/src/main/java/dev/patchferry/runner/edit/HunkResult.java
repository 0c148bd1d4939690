package dev.patchferry.runner.edit;

/** What came of one replacement. */
sealed interface HunkResult {
    /** The text with the replacement made. */
    record Changed(String text, Grade grade) implements HunkResult {}

    /** The text reads already as the replacement would leave it. */
    record AlreadyApplied() implements HunkResult {}

    /** The replacement cannot be made. */
    record Refused(String reason) implements HunkResult {}
}
