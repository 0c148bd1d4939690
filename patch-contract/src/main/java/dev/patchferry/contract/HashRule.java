package dev.patchferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a document its content hash is taken over. A hash is only ever compared with one under the same rule,
 * and so a stored hash goes with the number of its rule.
 */
public enum HashRule {
    /** The fields that decided what was done up to 2026-11. */
    FIRST(1) {
        @Override
        boolean decides(String field) {
            return DECIDED_FIRST.contains(field);
        }

        @Override
        boolean isDryRun(JsonNode document) {
            return document.path("dry_run").asBoolean()
                    || document.path("dryRun").asBoolean()
                    || document.path("mode").asText().equals("dry-run");
        }
    },
    /** The fields that {@link FieldForm#DOCUMENT} says decide, but for those that were ignored under this rule. */
    FIELD_LIST(2) {
        @Override
        boolean decides(String field) {
            return LONGER_LIST.decides(field) && !LaterFields.isOne(field) && !field.equals(TIMEOUT_FIELD);
        }

        @Override
        boolean sees(JsonNode document) {
            return !document.hasNonNull(TIMEOUT_FIELD);
        }

        @Override
        boolean isDryRun(JsonNode document) {
            return DryRun.isAskedBy(document);
        }
    },
    /** The fields that {@link FieldForm#DOCUMENT} says decide. */
    LONGER_LIST(3) {
        @Override
        boolean decides(String field) {
            return FieldForm.DOCUMENT.effectOf(field).decides();
        }

        @Override
        boolean isDryRun(JsonNode document) {
            return DryRun.isAskedBy(document);
        }
    };

    /** The rule for what is stored from now on. */
    public static final HashRule CURRENT = LONGER_LIST;

    /** The seconds that each command of a document may take; ignored up to the second rule. */
    static final String TIMEOUT_FIELD = "timeout_s";

    private static final Set<String> DECIDED_FIRST =
            Set.of("role", "target_file", "patch", "base", "mutations", "postMutationBuild", "validate", "format");

    private final int number;

    HashRule(int number) {
        this.number = number;
    }

    /** What is stored beside a hash. */
    public int number() {
        return number;
    }

    /** @throws IllegalArgumentException if no rule has this number */
    public static HashRule numbered(int number) {
        return Arrays.stream(values())
                .filter(rule -> rule.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rule for content hashes has the number " + number));
    }

    /** The rule with the number that stands here, the current one where none does; empty if no rule has it. */
    public static Optional<HashRule> named(@Nullable String number) {
        return number == null
                ? Optional.of(CURRENT)
                : Arrays.stream(values())
                        .filter(rule -> String.valueOf(rule.number).equals(number))
                        .findFirst();
    }

    /**
     * The oldest rule from {@link #FIELD_LIST} on that covers every field that decides in this document: an older build can
     * work with what is stored under it.
     */
    static HashRule oldestFor(JsonNode document) {
        return document.properties().stream()
                        .filter(field -> !field.getValue().isNull())
                        .allMatch(field -> FIELD_LIST.decides(field.getKey()) == CURRENT.decides(field.getKey()))
                ? FIELD_LIST
                : CURRENT;
    }

    abstract boolean decides(String field);

    /** Whether a document without a field that this rule does not know is another document than this one. */
    boolean sees(JsonNode document) {
        return true;
    }

    abstract boolean isDryRun(JsonNode document);

    /** @throws IllegalArgumentException if the fields have no canonical form */
    ContentHash of(ObjectNode document, WorkspaceName workspace, boolean propose) {
        ObjectNode deciding = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            if (decides(field.getKey()) && !field.getValue().isNull()) {
                deciding.set(field.getKey(), field.getValue());
            }
        }
        if (deciding.path("format").asText().equals(PatchFormat.AUTO.wireName())) {
            deciding.remove("format");
        }
        deciding.put("workspace", workspace.value())
                .put("dry_run", isDryRun(document) || isDryRun(document.path("patch")))
                .put("propose", propose);
        return ContentHash.over(deciding);
    }
}
