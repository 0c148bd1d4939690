package dev.patchferry.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds fields whose names are slips: with one of them a document would do something else than its sender means. */
final class FieldSlips {
    private FieldSlips() {}

    static List<FieldFault> in(ObjectNode document) {
        List<FieldFault> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            Optional<String> meant = FieldForm.DOCUMENT.nearest(field.getKey());
            if (meant.isPresent()) {
                faults.add(fault(field.getKey(), "is no field; did you mean `" + meant.get() + "`?"));
            } else if (isSwitch(field.getKey()) && FieldForm.asksForSomething(field.getValue())) {
                faults.add(fault(field.getKey(), "is no field of a document; " + hint(field.getKey())));
            }
        }
        return faults;
    }

    /** Every field of a decision's body that it does not have: none of them is ignored. */
    static List<FieldFault> inDecision(ObjectNode body) {
        FieldForm form = FieldForm.DECISION;
        List<FieldFault> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (form.find(field.getKey()).isEmpty()) {
                faults.add(fault(
                        field.getKey(),
                        form.nearest(field.getKey())
                                .map(meant -> "is no field; did you mean `" + meant + "`?")
                                .orElse("is no field of " + form.inWords() + ", which has "
                                        + String.join(
                                                ", ",
                                                form.fields().stream()
                                                        .map(FieldSpec::name)
                                                        .toList()))));
            }
        }
        return faults;
    }

    /** Whether this is what other tools call a run without effect, or where they say how a run goes. */
    private static boolean isSwitch(String field) {
        String hint = hint(field);
        return hint.equals(FieldLists.DRY_RUN) || hint.equals(FieldLists.OPTIONS);
    }

    private static String hint(String field) {
        return FieldForm.DOCUMENT.find(field).map(FieldSpec::hint).orElse("");
    }

    private static FieldFault fault(String field, String detail) {
        return new FieldFault(JsonPointer.empty().appendProperty(field).toString(), detail);
    }
}
