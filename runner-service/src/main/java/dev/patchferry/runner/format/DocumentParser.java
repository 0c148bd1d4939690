package dev.patchferry.runner.format;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The door of this package. */
public final class DocumentParser {
    private DocumentParser() {}

    /**
     * Plans a document that passed {@code PatchDocument}'s validation.
     *
     * @return never an empty plan and never an exception, whatever the document
     */
    public static ParseResult parse(ObjectNode document, FormatContext context) {
        Draft draft = new Draft(context);
        Place place = Place.of(document);
        new DocumentReader(place, Envelope.outermost(place), draft).read();
        return draft.result();
    }
}
