package dev.patchferry.contract;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A document that may be stored: well-formed JSON with a usable id and no field of the wrong kind. Whether anything in
 * it can be executed is for the runner to say.
 *
 * @param id the patch's id, wherever in the document it stood
 * @param workspace the workspace it is for
 * @param hash what identifies its content, under {@link HashRule#CURRENT} unless another was asked for
 * @param dryRun whether nothing of it may take effect
 * @param propose whether its effect waits for an approval
 * @param json the whole document as sent; treat as read-only
 */
public record PatchDocument(
        PatchId id, WorkspaceName workspace, ContentHash hash, boolean dryRun, boolean propose, ObjectNode json) {

    /** A request body longer than this many bytes is refused. */
    public static final int MAX_BYTES = 1 << 20;

    /** The rule to store its hash with; {@link #hash} is the same under it as under the current one. */
    public HashRule rule() {
        return HashRule.oldestFor(json);
    }

    /** The seconds that each of its commands may take, if it says so. */
    public OptionalInt timeoutSeconds() {
        JsonNode seconds = json.path(HashRule.TIMEOUT_FIELD);
        return seconds.isInt() ? OptionalInt.of(seconds.intValue()) : OptionalInt.empty();
    }

    /** What identifies its content under a rule. */
    public ContentHash hashUnder(HashRule rule) {
        return rule.of(json, workspace, propose);
    }

    /** The same, identified under another rule. */
    public PatchDocument under(HashRule rule) {
        return rule == HashRule.CURRENT
                ? this
                : new PatchDocument(id, workspace, hashUnder(rule), dryRun, propose, json);
    }

    /** Whether the bytes of a document have this hash under this rule. */
    public static boolean isContent(byte[] utf8, HashRule rule, ContentHash hash) {
        return read(utf8) instanceof Reading.Valid(PatchDocument document)
                && rule.sees(document.json())
                && document.hashUnder(rule).equals(hash);
    }

    /** What came of reading bytes as a document. */
    public sealed interface Reading {
        /** The bytes are a document. */
        record Valid(PatchDocument document) implements Reading {}

        /**
         * The bytes are not JSON.
         *
         * @param line 1-based line of the fault
         * @param column 1-based column of the fault
         */
        record NotJson(int line, int column, String detail) implements Reading {}

        /**
         * The bytes are JSON with something missing or wrong.
         *
         * @param faults every one
         * @param id the patch's id, if that is none of them
         */
        record Invalid(List<FieldFault> faults, Optional<PatchId> id) implements Reading {
            public Invalid {
                faults = List.copyOf(faults);
            }
        }
    }

    /**
     * Reads a request body, at most {@link #MAX_BYTES} of UTF-8.
     *
     * @return never an exception: what is wrong with the bytes is the answer
     */
    public static Reading read(byte[] utf8) {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(utf8);
        } catch (JsonProcessingException e) {
            return notJson(e);
        } catch (IOException e) {
            return new Reading.NotJson(1, 1, "not UTF-8: " + e.getMessage());
        }
        if (root.isMissingNode()) {
            return new Reading.NotJson(1, 1, "the body is empty; send one JSON object");
        }
        if (!(root instanceof ObjectNode object)) {
            return new Reading.Invalid(List.of(new FieldFault("", "must be a JSON object")), Optional.empty());
        }
        return DocumentRules.check(object);
    }

    /** The JSON object that bytes are, with whatever in it; empty if they are none. */
    public static Optional<ObjectNode> object(byte[] utf8) {
        try {
            return Json.MAPPER.readTree(utf8) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Jackson's words, but for what names its own classes. */
    private static String inWords(JsonProcessingException e) {
        return e instanceof MismatchedInputException
                ? "something follows the JSON object; send one object per request"
                : e.getOriginalMessage();
    }

    private static Reading notJson(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return new Reading.NotJson(
                at == null ? 1 : Math.max(1, at.getLineNr()),
                at == null ? 1 : Math.max(1, at.getColumnNr()),
                inWords(e));
    }
}
