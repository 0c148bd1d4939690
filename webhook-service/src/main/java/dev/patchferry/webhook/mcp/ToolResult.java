package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchId;
import java.util.Optional;

/**
 * What a tool answers.
 *
 * @param structured what its output schema describes; or, of an error, {@code code}, {@code summary} and {@code next}
 * @param error whether what was asked for did not happen
 * @param audited what the record of the service should say about it, if anything
 */
record ToolResult(ObjectNode structured, boolean error, Optional<Audited> audited) {
    /**
     * A refusal or an action.
     *
     * @param status the HTTP status that the same has in the REST interface
     */
    record Audited(Optional<PatchId> patch, int status, String outcome, String detail) {}

    static ToolResult of(ObjectNode structured) {
        return new ToolResult(structured, false, Optional.empty());
    }

    static ToolResult failed(ObjectNode structured) {
        return new ToolResult(structured, true, Optional.empty());
    }

    static ToolResult error(String code, String summary, String next) {
        return failed(JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("summary", summary)
                .put("next", next));
    }

    ToolResult audited(Audited what) {
        return new ToolResult(structured, error, Optional.of(what));
    }

    /** As the protocol has it: structured, and the same as text for clients that show only that. */
    ObjectNode asJson() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", structured.toString());
        result.set("structuredContent", structured);
        return result.put("isError", error);
    }
}
