package dev.patchferry.engine.plan;

/** What came of reading a path as a sender wrote it. */
public sealed interface PathReading {
    /** The path names something inside the workspace. */
    record Valid(WorkspacePath path) implements PathReading {}

    /**
     * The path must not be used.
     *
     * @param reason the rule it breaks, for the sender
     */
    record Invalid(String reason) implements PathReading {}
}
