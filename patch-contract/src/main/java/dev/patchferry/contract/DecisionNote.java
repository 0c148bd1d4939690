package dev.patchferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * What comes with an approval or a denial.
 *
 * @param comment for the sender and the history; may be empty
 * @param about the state that was decided about: {@code held} or {@code proposed}. Who names it cannot decide by mistake
 *     about a patch that came to the other state meanwhile
 */
public record DecisionNote(String comment, Optional<PatchStatus> about) {
    /** A body longer than this many bytes is refused. */
    public static final int MAX_BYTES = 16 << 10;

    private static final int LONGEST_COMMENT = 1_000;

    /** What came of reading a body. */
    public sealed interface Reading {
        record Valid(DecisionNote note) implements Reading {}

        /** What to send instead. */
        record Invalid(String detail) implements Reading {}
    }

    /** Reads a request body; an empty one says nothing, and is valid. */
    public static Reading read(byte[] utf8) {
        if (utf8.length == 0) {
            return new Reading.Valid(new DecisionNote("", Optional.empty()));
        }
        if (utf8.length > MAX_BYTES) {
            return new Reading.Invalid("The body is longer than " + MAX_BYTES + " bytes.");
        }
        try {
            return Json.MAPPER.readTree(utf8) instanceof ObjectNode body
                    ? read(body)
                    : new Reading.Invalid("Send a JSON object, for example {\"comment\": \"…\"}, or nothing.");
        } catch (IOException e) {
            return new Reading.Invalid("The body is not JSON. Send {\"comment\": \"…\"}, or nothing.");
        }
    }

    private static Reading read(ObjectNode body) {
        JsonNode comment = body.path("comment");
        if (!comment.isMissingNode() && !comment.isNull() && !comment.isTextual()) {
            return new Reading.Invalid("`comment` must be a string.");
        }
        String text = comment.asText("").strip();
        if (text.length() > LONGEST_COMMENT) {
            return new Reading.Invalid("`comment` has at most " + LONGEST_COMMENT + " characters.");
        }
        JsonNode about = body.path("about");
        if (about.isMissingNode() || about.isNull()) {
            return new Reading.Valid(new DecisionNote(text, Optional.empty()));
        }
        return PatchStatus.named(about.asText())
                .filter(PatchStatus::needsDecision)
                .<Reading>map(status -> new Reading.Valid(new DecisionNote(text, Optional.of(status))))
                .orElseGet(() -> new Reading.Invalid("`about` must be \"held\" or \"proposed\"."));
    }

    /** As it is sent on. */
    public byte[] json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("comment", comment);
        about.ifPresent(status -> body.put("about", status.wireName()));
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new IllegalStateException("a note can always be written", e);
        }
    }
}
