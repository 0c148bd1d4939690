package dev.patchferry.engine.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words what a field held that nobody acted on. */
final class IgnoredField {
    private static final int MOST_KEYS = 10;
    private static final int LONGEST_NAME = 100;

    private IgnoredField() {}

    static String inWords(JsonField field) {
        JsonNode value = field.value();
        String name = "`" + printable(field.name()) + "`";
        int commands = field.key().equals("preCommit") ? texts(value) : 0;
        if (commands > 0) {
            String parts = value.size() > 1 && value.isObject() ? " (" + keys(value) + ")" : "";
            return commands + " " + name + (commands == 1 ? " command was" : " commands were") + " not run" + parts;
        }
        if (value.isContainerNode() && value.isEmpty()) {
            return name + " (empty)";
        }
        if (value.isArray()) {
            return name + " (" + entries(value.size(), field.key().equals("phases")) + ")";
        }
        return value.isObject() ? name + " (" + keys(value) + ")" : name;
    }

    /** The texts in the lists right in an object: what the shapes of {@code preCommit} have their commands in. */
    private static int texts(JsonNode value) {
        int here = (int) value.valueStream().filter(JsonNode::isTextual).count();
        return value.isArray()
                ? here
                : value.valueStream()
                        .filter(JsonNode::isArray)
                        .mapToInt(IgnoredField::texts)
                        .sum();
    }

    private static String entries(int count, boolean prose) {
        String one = prose ? "prose instruction" : "entry";
        String several = prose ? "prose instructions" : "entries";
        return count + " " + (count == 1 ? one : several);
    }

    private static String keys(JsonNode object) {
        String more = object.size() > MOST_KEYS ? ", …" : "";
        return object.propertyStream()
                .limit(MOST_KEYS)
                .map(Map.Entry::getKey)
                .map(IgnoredField::printable)
                .collect(Collectors.joining(", ", "", more));
    }

    private static String printable(String name) {
        String line = name.replaceAll("[\\p{Cntrl}`]", "?");
        return line.codePointCount(0, line.length()) <= LONGEST_NAME
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }
}
