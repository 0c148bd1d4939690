package dev.patchferry.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** What a JSON value is, in words for a sender. */
public final class JsonKind {
    private JsonKind() {}

    public static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case BINARY, MISSING, POJO -> "something else";
        };
    }
}
