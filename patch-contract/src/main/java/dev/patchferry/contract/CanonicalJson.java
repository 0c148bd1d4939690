package dev.patchferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.NumberToJSON;

/**
 * JSON in the form of RFC 8785, written from a tree: no space, keys in the order of their UTF-16 code units, numbers as
 * ECMAScript writes them. The tree must hold Unicode text, without half surrogate pairs.
 */
final class CanonicalJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(1 << 10);

    private CanonicalJson() {}

    /**
     * The form as UTF-8.
     *
     * @throws IllegalArgumentException if a number is too large for a double
     */
    static byte[] of(JsonNode tree) {
        CanonicalJson form = new CanonicalJson();
        form.value(tree);
        return form.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(JsonNode node) {
        if (node.isObject()) {
            object(node);
        } else if (node.isArray()) {
            array(node);
        } else if (node.isTextual()) {
            text(node.textValue());
        } else if (node.isNumber()) {
            number(node.doubleValue());
        } else {
            out.append(node.asText());
        }
    }

    private void object(JsonNode node) {
        Map<String, JsonNode> ordered = new TreeMap<>();
        node.properties().forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        char before = '{';
        for (Map.Entry<String, JsonNode> entry : ordered.entrySet()) {
            out.append(before);
            text(entry.getKey());
            out.append(':');
            value(entry.getValue());
            before = ',';
        }
        out.append(ordered.isEmpty() ? "{}" : "}");
    }

    private void array(JsonNode node) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(node.get(i));
        }
        out.append(']');
    }

    private void number(double value) {
        try {
            out.append(NumberToJSON.serializeNumber(value));
        } catch (IOException e) {
            throw new IllegalArgumentException("this document has no canonical form: " + e.getMessage(), e);
        }
    }

    /** Text is copied in runs between the few characters that have to be escaped. */
    private void text(String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, from, i);
                escape(c);
                from = i + 1;
            }
        }
        out.append(text, from, text.length()).append('"');
    }

    private void escape(char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\t' -> out.append('t');
            case '\n' -> out.append('n');
            case '\f' -> out.append('f');
            case '\r' -> out.append('r');
            default -> out.append("u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
        }
    }
}
