package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the server says of itself. */
final class ServerIdentity {
    static final String INSTRUCTIONS =
            "Patch Ferry runs commands and changes files in a workspace on its owner's machine. Every change is a patch: it"
                    + " runs in a sandbox, takes effect whole or not at all, and can be undone. Each answer has `summary`"
                    + " (what happened) and `next` (what to do now): do what `next` says. Some patches wait until a person"
                    + " approves them; you cannot approve, so tell the person and stop.";

    private static final String VERSION = "0.1.0";

    private ServerIdentity() {}

    static ObjectNode info() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", "patch-ferry")
                .put("title", "Patch Ferry")
                .put("version", VERSION);
    }

    static ObjectNode capabilities() {
        ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
        capabilities.putObject("tools").put("listChanged", false);
        return capabilities;
    }
}
