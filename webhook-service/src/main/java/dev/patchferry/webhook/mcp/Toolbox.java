package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.RefusalReason;
import dev.patchferry.webhook.store.RequestOrigin;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All tools, in their order. */
@Singleton
class Toolbox {
    private static final int MAX_FAULTS = 10;

    private final List<Tool> tools;

    Toolbox(@All List<Tool> tools) {
        this.tools = tools.stream()
                .sorted(Comparator.comparingInt(tool -> tool.spec().place()))
                .toList();
    }

    /** Each as a client is told of it. */
    ObjectNode list() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode list = result.putArray("tools");
        for (Tool tool : tools) {
            Tool.Spec spec = tool.spec();
            Tool.Hints hints = spec.hints();
            ObjectNode entry = list.addObject()
                    .put("name", spec.name())
                    .put("title", spec.title())
                    .put("description", spec.description());
            entry.set("inputSchema", spec.input().json());
            entry.set("outputSchema", spec.output());
            entry.putObject("annotations")
                    .put("title", spec.title())
                    .put("readOnlyHint", hints.readOnly())
                    .put("destructiveHint", hints.destructive())
                    .put("idempotentHint", hints.idempotent())
                    .put("openWorldHint", hints.openWorld());
        }
        return result;
    }

    Optional<Tool> find(String name) {
        return tools.stream().filter(tool -> tool.spec().name().equals(name)).findFirst();
    }

    String names() {
        return tools.stream().map(tool -> tool.spec().name()).collect(Collectors.joining(", "));
    }

    /** Some clients send every argument, null where they have nothing to say. */
    private static JsonNode said(JsonNode sent) {
        if (sent.isMissingNode() || sent.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (sent instanceof ObjectNode object) {
            ObjectNode said = object.objectNode();
            object.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .forEach(field -> said.set(field.getKey(), field.getValue()));
            return said;
        }
        return sent;
    }

    /** Calls a tool with arguments as sent, once they are found to keep to its schema. */
    ToolResult call(Tool tool, JsonNode sent, Caller caller, RequestOrigin from) {
        if (tool.roles().stream().noneMatch(caller.roles()::contains)) {
            return RefusalResults.of(new RefusalReason.NotAllowed());
        }
        JsonNode arguments = said(sent);
        List<String> faults = Arguments.faults(arguments, tool.spec().input().json());
        if (!faults.isEmpty() || !(arguments instanceof ObjectNode object)) {
            String all = faults.stream().limit(MAX_FAULTS).collect(Collectors.joining("; "));
            return ToolResult.error(
                    "invalid_arguments",
                    "The arguments of " + tool.spec().name() + " cannot be used: " + all + ". Nothing was done.",
                    "Correct them and call " + tool.spec().name() + " again.");
        }
        return tool.call(new McpCall(caller, from, new Arguments(object)));
    }
}
