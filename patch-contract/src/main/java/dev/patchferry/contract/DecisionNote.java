package dev.patchferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What comes with an approval or a denial.
 *
 * @param comment for the sender and the history; may be empty
 * @param about the state that was decided about: {@code held} or {@code proposed}. Who names it cannot decide by mistake
 *     about a patch that came to the other state meanwhile
 * @param changeSet what is approved, as it was shown: SHA-256 in hex
 * @param includingHidden whether files are approved, too, of which not everything could be shown
 */
public record DecisionNote(
        String comment, Optional<PatchStatus> about, Optional<String> changeSet, boolean includingHidden) {
    /** Says nothing. */
    public static final DecisionNote EMPTY = new DecisionNote("", Optional.empty(), Optional.empty(), false);

    /** A body longer than this many bytes is refused. */
    public static final int MAX_BYTES = 16 << 10;

    private static final int LONGEST_COMMENT = 1_000;
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    /** What came of reading a body. */
    public sealed interface Reading {
        record Valid(DecisionNote note) implements Reading {}

        /** What to send instead. */
        record Invalid(String detail) implements Reading {}

        /** It has fields that no decision has. */
        record UnknownFields(List<FieldFault> faults) implements Reading {
            public UnknownFields {
                faults = List.copyOf(faults);
            }

            /** For whoever sent them: 422. */
            public Problem problem() {
                String said = faults.stream()
                        .map(fault -> "`" + fault.pointer().substring(1) + "` " + fault.detail())
                        .collect(Collectors.joining("; "));
                String stop = said.endsWith("?") ? "" : ".";
                return Problem.of(ProblemType.INVALID_DECISION, said + stop + " Nothing was changed.")
                        .withErrors(faults);
            }
        }
    }

    /** Reads a request body; an empty one says nothing, and is valid. */
    public static Reading read(byte[] utf8) {
        if (utf8.length == 0) {
            return new Reading.Valid(EMPTY);
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
        List<FieldFault> unknown = FieldSlips.inDecision(body);
        if (!unknown.isEmpty()) {
            return new Reading.UnknownFields(unknown);
        }
        JsonNode comment = body.path("comment");
        if (!comment.isMissingNode() && !comment.isNull() && !comment.isTextual()) {
            return new Reading.Invalid("`comment` must be a string.");
        }
        String text = comment.asText("").strip();
        if (text.length() > LONGEST_COMMENT) {
            return new Reading.Invalid("`comment` has at most " + LONGEST_COMMENT + " characters.");
        }
        JsonNode about = body.path("about");
        Optional<PatchStatus> state = PatchStatus.named(about.asText()).filter(PatchStatus::needsDecision);
        if (isThere(about) && state.isEmpty()) {
            return new Reading.Invalid("`about` must be \"held\" or \"proposed\".");
        }
        JsonNode hash = body.path("change_set");
        if (isThere(hash) && !(hash.isTextual() && HASH.matcher(hash.asText()).matches())) {
            return new Reading.Invalid("`change_set` must be the 64 hex digits that GET /patches/{id} shows.");
        }
        JsonNode including = body.path("including_hidden");
        if (isThere(including) && !including.isBoolean()) {
            return new Reading.Invalid("`including_hidden` must be true or false.");
        }
        Optional<String> named = isThere(hash) ? Optional.of(hash.asText().toLowerCase(Locale.ROOT)) : Optional.empty();
        return new Reading.Valid(new DecisionNote(text, state, named, including.asBoolean(false)));
    }

    private static boolean isThere(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    /** As it is sent on. */
    public byte[] json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("comment", comment);
        about.ifPresent(status -> body.put("about", status.wireName()));
        changeSet.ifPresent(hash -> body.put("change_set", hash));
        if (includingHidden) {
            body.put("including_hidden", true);
        }
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new IllegalStateException("a note can always be written", e);
        }
    }
}
