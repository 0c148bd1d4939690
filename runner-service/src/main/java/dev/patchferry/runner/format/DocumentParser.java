package dev.patchferry.runner.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;

/** The door of this package. */
public final class DocumentParser {
    private DocumentParser() {}

    /**
     * Plans a document that passed {@code PatchDocument}'s validation.
     *
     * @return never an empty plan and never an exception, whatever the document
     */
    public static ParseResult parse(ObjectNode document, FormatContext context) {
        Place place = Place.of(document);
        Set<String> base = place.child("base").fields().stream().map(Place::key).collect(Collectors.toSet());
        Draft draft = new Draft(context, base);
        new DocumentReader(place, Envelope.outermost(place), draft).read();
        return draft.result();
    }
}
