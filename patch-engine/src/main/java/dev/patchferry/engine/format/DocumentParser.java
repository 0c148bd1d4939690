package dev.patchferry.engine.format;

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
        JsonField jsonField = JsonField.of(document);
        Set<String> base =
                jsonField.child("base").fields().stream().map(JsonField::key).collect(Collectors.toSet());
        PlanBuilder planBuilder = new PlanBuilder(context, base);
        new DocumentReader(jsonField, Envelope.outermost(jsonField), planBuilder).read();
        return planBuilder.result();
    }
}
