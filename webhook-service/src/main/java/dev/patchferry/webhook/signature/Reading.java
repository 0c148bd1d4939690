package dev.patchferry.webhook.signature;

/** What came of looking for a signature in the headers of a request. */
public sealed interface Reading {
    /** There is none. */
    record Unsigned() implements Reading {}

    /** There is one; the body will tell. */
    record Claimed(Claim claim) implements Reading {}

    /**
     * There is something that cannot be one, whatever the body is.
     *
     * @param reason in words that a sender may read
     */
    record Unusable(String reason) implements Reading {}
}
