package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.auth.Roles;
import java.util.Set;

/** Something that a model can call. A bean of this type is a tool; nothing else has to know it. */
interface Tool {
    /** What a client is told of it. */
    Spec spec();

    /** Who may call it: whoever has one of these roles. */
    default Set<String> roles() {
        return Set.of(Roles.SUBMIT, Roles.VIEW);
    }

    /** Does it. The arguments are known to keep to the schema. */
    ToolResult call(McpCall call);

    /**
     * A tool as it is listed.
     *
     * @param place in the list, which always has the same order
     * @param name {@code [a-z_]}, at most 63 characters
     * @param description for a model that sees nothing else
     */
    record Spec(
            int place, String name, String title, String description, Hints hints, Schema input, ObjectNode output) {}

    /**
     * What a client may ask its user about.
     *
     * @param readOnly changes nothing
     * @param destructive may take something away
     * @param idempotent doing it again does nothing more
     * @param openWorld reaches things beyond the workspace
     */
    record Hints(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
        static final Hints READS = new Hints(true, false, true, false);
    }
}
