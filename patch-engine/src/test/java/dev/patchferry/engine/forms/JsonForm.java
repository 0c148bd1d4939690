package dev.patchferry.engine.forms;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One change of the file {@code f} as a JSON form says it, with the file that must come of it by its construction. */
enum JsonForm {
    OLD_AND_NEW {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            String[] names = NAMES[random.nextInt(NAMES.length)];
            mutation(document).put(names[0], before.get(at)).put(names[1], NEW);
            return with(before, at, true, NEW);
        }
    },
    CHANGES {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            mutation(document)
                    .putArray(random.nextBoolean() ? "changes" : "edits")
                    .addObject()
                    .put("old", before.get(at) + "\n")
                    .put("new", NEW + "\n");
            return with(before, at, true, NEW);
        }
    },
    PATTERN {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            patch(document).put("pattern", before.get(at)).put("replacement", NEW);
            return with(before, at, true, NEW);
        }
    },
    LIST_OF_TEXTS {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            document.put("role", "patch").put("target_file", "f");
            document.putArray("patch").addObject().put("search", before.get(at)).put("replace", NEW);
            return with(before, at, true, NEW);
        }
    },
    OLD_LINES {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            mutation(document).put("old", before.get(at)).put("new", NEW).put("start_line", at + 1);
            return with(before, at, true, NEW);
        }
    },
    LINES_OF_A_KNOWN_FILE {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            document.putObject("base").put("f", "a".repeat(64));
            mutation(document).put("content", NEW).put("lines", (at + 1) + "-" + (at + 1));
            return with(before, at, true, NEW);
        }
    },
    BELOW_A_LINE_OF_A_KNOWN_FILE {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            document.putObject("base").put("f", "a".repeat(64));
            mutation(document).put("content", NEW + "\n").put("insert_line", at);
            return with(before, at, false, NEW);
        }
    },
    BESIDE_A_LINE {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            boolean behind = random.nextBoolean();
            mutation(document)
                    .put("content", NEW + "\n")
                    .put(behind ? "insert_after" : "insert_before", before.get(at));
            return with(before, behind ? at + 1 : at, false, NEW);
        }
    },
    AT_AN_EDGE {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            boolean end = random.nextBoolean();
            mutation(document).put("op", end ? "append" : "prepend").put("content", NEW + "\n");
            return with(before, end ? before.size() : 0, false, NEW);
        }
    },
    WHOLE_FILE {
        @Override
        List<String> change(List<String> before, int at, ObjectNode document, Random random) {
            List<String> after = with(before, at, true, NEW);
            mutation(document).put("contents", String.join("\n", after) + "\n");
            return after;
        }
    };

    static final String NEW = "fresh(line)[0]; // $& and $1 cost $$";

    private static final String[][] NAMES = {
        {"old", "new"},
        {"search", "replace"},
        {"find", "replace"},
        {"old_str", "new_str"},
        {"oldText", "newText"},
        {"old_string", "new_string"},
        {"before", "after"},
        {"original", "updated"},
        {"from", "to"},
        {"pattern", "replacement"}
    };

    /** Writes the change of, at or beside a line into the document; the lines of the file afterwards. */
    abstract List<String> change(List<String> before, int at, ObjectNode document, Random random);

    /** The object that says what is done to the file. */
    static ObjectNode target(ObjectNode document) {
        if (document.has("mutations")) {
            return (ObjectNode) document.path("mutations").get(0);
        }
        return (ObjectNode)
                (document.path("patch").isArray() ? document.path("patch").get(0) : document.path("patch"));
    }

    private static ObjectNode mutation(ObjectNode document) {
        return document.putArray("mutations").addObject().put("path", "f");
    }

    private static ObjectNode patch(ObjectNode document) {
        return document.put("role", "patch").put("target_file", "f").putObject("patch");
    }

    private static List<String> with(List<String> lines, int at, boolean instead, String line) {
        List<String> after = new ArrayList<>(lines);
        if (instead) {
            after.remove(at);
        }
        after.add(at, line);
        return after;
    }

    static ObjectNode document() {
        return JsonNodeFactory.instance.objectNode().put("id", "x");
    }
}
