package dev.patchferry.runner.journal;

/** What came of offering a patch to the journal. */
public sealed interface Acceptance {
    /** It is new and on disk now. */
    record Journalled(Entry entry) implements Acceptance {}

    /** The same id and content were journalled before. */
    record Known(Entry entry) implements Acceptance {}

    /** The id was used with other content. */
    record Conflict(Entry entry) implements Acceptance {}

    /** The workspace's queue is full; nothing was journalled. */
    record Full(int waiting) implements Acceptance {}
}
