package dev.patchferry.engine.plan;

/** One thing to change in the text of a file. */
public sealed interface Hunk permits Replacement, LineHunk, ElidedHunk, EitherHunk, Placement {
    /** What it is about, in a few words on one line. */
    String excerpt();
}
