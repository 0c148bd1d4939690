package dev.patchferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a document asks for a run without effect, and what it says of one that nobody would hear. */
public final class DryRun {
    private static final Set<String> MODES = Set.of("dryrun", "preview", "simulate", "simulation", "plan", "check");

    /** What other tools say there for a run with effect. */
    private static final Set<String> REAL_MODES =
            Set.of("auto", "apply", "execute", "run", "live", "normal", "default", "production", "commit", "patch");

    /** Fields that ask for it by {@code false}. */
    private static final List<String> EFFECTS =
            List.of("execute", "apply", "commit", "write", "persist", "save", "enabled", "active", "run");

    private DryRun() {}

    /** Whether an object asks for it in one of the ways that are understood. */
    static boolean isAskedBy(JsonNode object) {
        return object.path("dry_run").asBoolean() || object.path("dryRun").asBoolean() || isMode(object.path("mode"));
    }

    /** Whether this is a {@code mode} that asks for it. */
    public static boolean isMode(JsonNode mode) {
        return mode.isTextual() && MODES.contains(folded(mode));
    }

    /** What is wrong with what a document says about it. */
    public static List<FieldFault> faults(JsonNode document) {
        List<FieldFault> faults = new ArrayList<>();
        JsonNode one = document.path("dry_run");
        JsonNode other = document.path("dryRun");
        if (one.isBoolean() && other.isBoolean() && one.booleanValue() != other.booleanValue()) {
            faults.add(new FieldFault("/dryRun", "says other than `dry_run`; send one of them"));
        }
        JsonNode mode = document.path("mode");
        boolean said = mode.isTextual() && !mode.textValue().isBlank();
        if (said && !isMode(mode) && !REAL_MODES.contains(folded(mode))) {
            faults.add(new FieldFault("/mode", "must be dry-run, or auto; what else is meant goes into other fields"));
        }
        boolean denied = isFalse(one) || isFalse(other);
        if (isMode(mode) && denied) {
            faults.add(new FieldFault("/mode", "says other than `dry_run`; send one of them"));
        }
        EFFECTS.stream()
                .filter(field -> isFalse(document.path(field)))
                .map(field -> new FieldFault("/" + field, "is no field of a document; " + FieldLists.DRY_RUN))
                .forEach(faults::add);
        return faults;
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.booleanValue();
    }

    private static String folded(JsonNode mode) {
        return mode.textValue().toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}]", "");
    }
}
