package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Bytes;

/** What came of editing a file's content. */
public sealed interface EditResult {
    /**
     * The edit applies.
     *
     * @param bytes the new content; the old one when everything was already there
     * @param grade how the old lines and texts were found, one word per manner that was needed, the strictest first:
     *     {@code exact}, {@code regex}, {@code literal-not-regex} (the pattern might be a regular
     *     expression, and stands in the file as plain text), {@code line-endings} (found once the kind of line break was left open),
     *     {@code trailing-space}, {@code indentation}, {@code unicode} (so were white space at the ends of lines, at both
     *     ends, and typographic dashes, quotes and spaces), {@code blank-lines} (but for blank lines at the ends of a hunk), {@code anchor} (only a line above told one place from
     *     others) and {@code already-applied}
     */
    record Edited(Bytes bytes, String grade) implements EditResult {}

    /**
     * The edit does not apply and the content must stay.
     *
     * @param reason what a sender needs to know to send a better one; under 2,000 characters
     */
    record Refused(String reason) implements EditResult {}
}
