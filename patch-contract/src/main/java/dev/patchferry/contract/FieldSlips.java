package dev.patchferry.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds fields whose names are slips: with one of them a document would do something else than its sender means. */
final class FieldSlips {
    /** What other tools call a run without effect, and where they put what says how a run goes. */
    private static final Set<String> SWITCHES = Set.of(
            "preview",
            "simulate",
            "simulation",
            "noop",
            "no_op",
            "check_only",
            "checkOnly",
            "options",
            "settings",
            "config",
            "params",
            "parameters",
            "args");

    private FieldSlips() {}

    static List<FieldFault> in(ObjectNode document) {
        List<FieldFault> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            Optional<String> meant = FieldForm.DOCUMENT.nearest(field.getKey());
            if (meant.isPresent()) {
                faults.add(fault(field.getKey(), "is no field; did you mean `" + meant.get() + "`?"));
            } else if (SWITCHES.contains(field.getKey()) && FieldForm.asksForSomething(field.getValue())) {
                String hint = FieldForm.DOCUMENT
                        .find(field.getKey())
                        .map(FieldSpec::hint)
                        .orElse("");
                faults.add(fault(field.getKey(), "is no field of a document; " + hint));
            }
        }
        return faults;
    }

    private static FieldFault fault(String field, String detail) {
        return new FieldFault(JsonPointer.empty().appendProperty(field).toString(), detail);
    }
}
