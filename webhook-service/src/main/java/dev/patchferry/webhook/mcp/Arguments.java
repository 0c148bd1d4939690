package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.JsonKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The arguments of a call, which keep to the tool's schema. */
record Arguments(ObjectNode json) {
    Optional<String> text(String name) {
        return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    String need(String name) {
        return json.path(name).asText();
    }

    OptionalInt number(String name) {
        return json.path(name).isInt() ? OptionalInt.of(json.path(name).intValue()) : OptionalInt.empty();
    }

    boolean flag(String name) {
        return json.path(name).asBoolean();
    }

    JsonNode get(String name) {
        return json.path(name);
    }

    /** What is wrong with arguments; empty if nothing is. */
    static List<String> faults(JsonNode sent, ObjectNode schema) {
        List<String> faults = new ArrayList<>();
        check("", sent, schema, faults);
        return faults;
    }

    private static void check(String path, JsonNode value, JsonNode schema, List<String> faults) {
        String type = schema.path("type").asText();
        boolean right = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            default -> true;
        };
        if (!right) {
            faults.add(name(path) + " must be " + article(type) + ", not " + JsonKind.of(value));
        } else if (type.equals("object")) {
            checkObject(path, value, schema, faults);
        } else if (type.equals("array")) {
            checkList(path, value, schema, faults);
        } else if (type.equals("integer")) {
            checkRange(path, value, schema, faults);
        }
    }

    private static void checkObject(String path, JsonNode value, JsonNode schema, List<String> faults) {
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (properties.has(field.getKey())) {
                check(below, field.getValue(), properties.get(field.getKey()), faults);
            } else if (others.isObject()) {
                check(below, field.getValue(), others, faults);
            } else if (others.isBoolean()) {
                faults.add("`" + Cut.start(below, 100) + "` is no argument; there are " + names(properties));
            }
        }
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                faults.add(name(path.isEmpty() ? name.asText() : path + "." + name.asText()) + " is required");
            }
        }
    }

    private static void checkList(String path, JsonNode value, JsonNode schema, List<String> faults) {
        if (value.size() < schema.path("minItems").asInt()) {
            faults.add(name(path) + " must not be empty");
        }
        for (int i = 0; i < value.size(); i++) {
            check(path + "[" + i + "]", value.get(i), schema.path("items"), faults);
        }
    }

    private static void checkRange(String path, JsonNode value, JsonNode schema, List<String> faults) {
        int min = schema.path("minimum").asInt();
        int max = schema.path("maximum").asInt(Integer.MAX_VALUE);
        if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            faults.add(name(path) + " must be a whole number from " + min + " to " + max);
        }
    }

    private static String names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names.isEmpty() ? "none" : "`" + String.join("`, `", names) + "`";
    }

    private static String name(String path) {
        return path.isEmpty() ? "`arguments`" : "`" + Cut.start(path, 100) + "`";
    }

    private static String article(String type) {
        return switch (type) {
            case "object", "array", "integer" -> "an " + type;
            default -> "a " + type;
        };
    }
}
