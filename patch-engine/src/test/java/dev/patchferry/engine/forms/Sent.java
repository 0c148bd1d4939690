package dev.patchferry.engine.forms;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Documents as a model sends them. */
final class Sent {
    private Sent() {}

    /** A patch that is text, under a role that says nothing. */
    static ObjectNode text(String patch, String format) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "bench")
                .put("role", "model")
                .put("format", format)
                .put("patch", patch);
    }
}
