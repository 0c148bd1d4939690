package dev.patchferry.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Half a surrogate pair in JSON text has no UTF-8, and so no hash, no file name and no way back to the sender. */
final class HalfSurrogates {
    private final List<FieldFault> faults = new ArrayList<>();

    private HalfSurrogates() {}

    /** A fault for each text and each key that holds one. */
    static List<FieldFault> in(JsonNode document) {
        HalfSurrogates found = new HalfSurrogates();
        found.look(JsonPointer.empty(), document);
        return found.faults;
    }

    private void look(JsonPointer at, JsonNode node) {
        if (node.isTextual() && isBroken(node.textValue())) {
            faults.add(new FieldFault(at.toString(), "holds half a surrogate pair, which is not Unicode text"));
        }
        node.properties().forEach(entry -> {
            if (isBroken(entry.getKey())) {
                faults.add(new FieldFault(
                        at.toString(), "has a key with half a surrogate pair, which is not Unicode text"));
            }
            look(at.appendProperty(entry.getKey()), entry.getValue());
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            look(at.appendIndex(i), node.get(i));
        }
    }

    private static boolean isBroken(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
