package dev.patchferry.engine.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value in a document and where it stands.
 *
 * @param value the value; a missing node where there is none
 * @param key the field's own name; empty for the document and for the elements of a list
 * @param pointer its JSON pointer (RFC 6901)
 * @param name how a person would call it, such as {@code patch.mutations[2].path}; empty for the document
 */
record JsonField(JsonNode value, String key, String pointer, String name) {

    static JsonField of(ObjectNode document) {
        return new JsonField(document, "", "", "");
    }

    JsonField child(String childKey) {
        String escaped = childKey.replace("~", "~0").replace("/", "~1");
        return new JsonField(
                value.path(childKey),
                childKey,
                pointer + "/" + escaped,
                name.isEmpty() ? childKey : name + "." + childKey);
    }

    /** The same place with another text in it. */
    JsonField with(String text) {
        return new JsonField(TextNode.valueOf(text), key, pointer, name);
    }

    /** The first of these fields that is there; a missing value when none is. */
    JsonField firstOf(List<String> keys) {
        return keys.stream()
                .map(this::child)
                .filter(JsonField::isPresent)
                .findFirst()
                .orElseGet(() -> child(keys.getFirst()));
    }

    /** The fields of an object, in order. */
    List<JsonField> fields() {
        return value.propertyStream().map(entry -> child(entry.getKey())).toList();
    }

    /** The elements of a list, in order. */
    List<JsonField> elements() {
        return IntStream.range(0, value.isArray() ? value.size() : 0)
                .mapToObj(i -> new JsonField(value.get(i), "", pointer + "/" + i, name + "[" + i + "]"))
                .toList();
    }

    boolean has(String childKey) {
        return child(childKey).isPresent();
    }

    /** Whether the sender gave a value here; null is none. */
    boolean isPresent() {
        return !value.isMissingNode() && !value.isNull();
    }

    Optional<String> text() {
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }
}
