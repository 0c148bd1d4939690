package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON schema of an object, in the part of JSON Schema that every client understands. */
final class Schema {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "object");
    private final ObjectNode properties = json.putObject("properties");
    private final ArrayNode required = JsonNodeFactory.instance.arrayNode();

    private Schema() {
        json.put("additionalProperties", false);
    }

    static Schema object() {
        return new Schema();
    }

    Schema text(String name, String description) {
        return property(name, type("string", description));
    }

    Schema flag(String name, String description) {
        return property(name, type("boolean", description));
    }

    Schema number(String name, int min, int max, String description) {
        return property(name, type("integer", description).put("minimum", min).put("maximum", max));
    }

    /** An object whose keys are free, and whose values are texts. */
    Schema texts(String name, String description) {
        ObjectNode map = type("object", description);
        map.putObject("additionalProperties").put("type", "string");
        return property(name, map);
    }

    Schema list(String name, Schema item, String description) {
        ObjectNode list = type("array", description).put("minItems", 1);
        list.set("items", item.json());
        return property(name, list);
    }

    /** A list of objects with whatever in them, for answers. */
    Schema rows(String name, String description) {
        ObjectNode list = type("array", description);
        list.putObject("items").put("type", "object");
        return property(name, list);
    }

    /** Takes fields beyond those that are named. */
    Schema open() {
        json.remove("additionalProperties");
        return this;
    }

    Schema require(String... names) {
        for (String name : names) {
            required.add(name);
        }
        json.set("required", required);
        return this;
    }

    private Schema property(String name, ObjectNode schema) {
        properties.set(name, schema);
        return this;
    }

    private static ObjectNode type(String type, String description) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("description", description);
    }

    ObjectNode json() {
        return json;
    }
}
