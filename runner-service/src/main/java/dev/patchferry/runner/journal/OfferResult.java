package dev.patchferry.runner.journal;

/** What came of offering a patch to the journal. */
public sealed interface OfferResult {
    /** It is new and on disk now. */
    record Journalled(JournaledPatch entry) implements OfferResult {}

    /** The same id and content were journalled before. */
    record Known(JournaledPatch entry) implements OfferResult {}

    /** The id was used with other content. */
    record Conflict(JournaledPatch entry) implements OfferResult {}

    /** The workspace's queue is full; nothing was journalled. */
    record Full(int waiting) implements OfferResult {}
}
