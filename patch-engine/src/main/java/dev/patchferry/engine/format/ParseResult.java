package dev.patchferry.engine.format;

import dev.patchferry.engine.plan.Plan;
import java.util.List;

/** What came of reading a document. */
public sealed interface ParseResult {
    /** Everything the document asks for can be tried. */
    record Planned(Plan plan) implements ParseResult {}

    /**
     * The document asks for nothing, or for something that cannot be done; so nothing of it is.
     *
     * @param reasons at least one, each for the sender, with the place in the document it is about where there is one
     */
    record Unsupported(List<String> reasons) implements ParseResult {
        public Unsupported {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a refusal says why");
            }
        }
    }

    /**
     * A part of the document that should hold steps is something else, so that what was meant cannot be told.
     *
     * @param position where, as a JSON pointer (RFC 6901)
     */
    record Malformed(String position, String reason) implements ParseResult {}
}
