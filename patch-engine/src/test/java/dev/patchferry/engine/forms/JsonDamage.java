package dev.patchferry.engine.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** How a document with a change of {@code f} is damaged on its way, and whether the change may be made nevertheless. */
enum JsonDamage {
    NONE(true),
    PROSE(true),
    UNKNOWN_FIELD(false),
    ANOTHER_PATH(false),
    WRONG_NAME(false),
    LOST_FIELD(true),
    STALE_ANCHOR(false),
    DOUBLED_CHANGE(true),
    STALE_TEXT(false),
    DOUBLED_LINE(true),
    WRONG_NUMBER(false),
    NO_BASE(false),
    SENT_AGAIN(true),
    PART_TO_DELETE(false),
    DRY_RUN(false);

    private static final List<String> UNKNOWN = List.of(
            "context_before",
            "backup",
            "cwd",
            "flags_",
            "if_exists",
            "after_line",
            "create_dirs",
            "Contents",
            "dryrun",
            "preview",
            "occurence",
            "regx",
            "all_",
            "recursive",
            "new_path",
            "diff",
            "where",
            "at",
            "index",
            "exist_ok",
            "enabled",
            "merge",
            "strategy",
            "if_match");

    /** Fields without which a form says something else that makes sense: a file with this content. */
    private static final Set<String> PLACING =
            Set.of("op", "lines", "insert_line", "insert_after", "insert_before", "comment");

    private final boolean mayApply;

    JsonDamage(boolean mayApply) {
        this.mayApply = mayApply;
    }

    /** Whether the change may be made as it was meant. */
    boolean mayApply() {
        return mayApply;
    }

    /** Damages the document or the file; false where the form has nothing to be damaged in this way. */
    boolean damage(ObjectNode document, List<String> before, int at, Random random) {
        ObjectNode target = JsonForm.target(document);
        String unknown = UNKNOWN.get(random.nextInt(UNKNOWN.size()));
        return switch (this) {
            case NONE, SENT_AGAIN -> true;
            case PROSE -> target.put("comment", "because").has("comment");
            case UNKNOWN_FIELD ->
                random.nextInt(3) == 0
                        ? target.put("exist_ok", false).has("exist_ok")
                        : target.put(unknown, "1").has(unknown);
            case ANOTHER_PATH -> target.has("path") && target.put("file", "g").has("file");
            case WRONG_NAME -> wrongName(document, target);
            case LOST_FIELD -> lostField(document, target, random);
            case STALE_ANCHOR -> staleAnchor(target);
            case DOUBLED_CHANGE -> doubledChange(document);
            case STALE_TEXT -> staleText(target, before.get(at));
            case DOUBLED_LINE -> doubled(before, at, random);
            case WRONG_NUMBER -> wrongNumber(target, before.size());
            case NO_BASE -> target.path("insert_line").asInt(1) > 0 && document.remove("base") != null;
            case PART_TO_DELETE ->
                !target.has("op")
                        && target.has("path")
                        && target.put("op", "delete").has("op");
            case DRY_RUN ->
                document.put(random.nextBoolean() ? "dry_run" : "dryRun", true).size() > 0;
        };
    }

    /** Names a file that has none of the lines; one that is written, or added to, may be any. */
    private static boolean wrongName(ObjectNode document, ObjectNode target) {
        if (target.has("contents")
                || target.has("op")
                || target.path("insert_line").asInt(1) == 0) {
            return false;
        }
        (target.has("path") ? target : document).put(target.has("path") ? "path" : "target_file", "g");
        return true;
    }

    private static boolean lostField(ObjectNode document, ObjectNode target, Random random) {
        List<ObjectNode> holders = target.has("path") ? List.of(target) : List.of(target, document);
        ObjectNode holder = holders.get(random.nextInt(holders.size()));
        List<String> fields = holder.propertyStream()
                .map(Map.Entry::getKey)
                .filter(field -> !PLACING.contains(field))
                .toList();
        holder.remove(fields.get(random.nextInt(fields.size())));
        return true;
    }

    private static boolean staleAnchor(ObjectNode target) {
        for (String field : List.of("insert_after", "insert_before")) {
            if (target.has(field)) {
                target.put(field, target.path(field).asText() + "_");
                return true;
            }
        }
        return false;
    }

    /** The same entry once more, of whatever list the document has. */
    private static boolean doubledChange(ObjectNode document) {
        JsonNode list = Stream.of(document.at("/mutations/0/changes"), document.at("/mutations/0/edits"))
                .filter(JsonNode::isArray)
                .findFirst()
                .orElse(document.has("mutations") ? document.path("mutations") : document.path("patch"));
        return list.isArray() && ((ArrayNode) list).add(list.get(0).deepCopy()).size() == 2;
    }

    private static boolean doubled(List<String> before, int at, Random random) {
        before.add(random.nextInt(before.size()), before.get(at));
        return true;
    }

    private static boolean staleText(ObjectNode target, String line) {
        for (String field :
                List.of("old", "search", "find", "old_str", "oldText", "old_string", "before", "original")) {
            if (target.path(field).asText().equals(line)) {
                target.put(field, line + "_");
                return true;
            }
        }
        return false;
    }

    private static boolean wrongNumber(ObjectNode target, int lines) {
        for (String field : List.of("start_line", "insert_line")) {
            if (target.has(field)) {
                target.put(field, lines + 1 + (field.equals("insert_line") ? 1 : 0));
                return true;
            }
        }
        return false;
    }
}
