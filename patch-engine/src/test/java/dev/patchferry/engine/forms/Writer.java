package dev.patchferry.engine.forms;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Writes a change of the file {@code f} in a form, disturbed in a way. */
enum Writer {
    UNIFIED_DIFF {
        @Override
        String text(Change change, boolean ended, Disturbance disturbance, Random random) {
            StringBuilder text = new StringBuilder("--- a/f\n+++ b/f\n");
            for (Change.Hunk hunk : change.hunks()) {
                text.append(disturbance.header(hunk, random)).append('\n');
                boolean last =
                        hunk.start() + hunk.old().size() > change.before().size();
                lines(hunk, disturbance, !ended && last, text);
            }
            return text.toString();
        }
    },
    APPLY_PATCH {
        @Override
        String text(Change change, boolean ended, Disturbance disturbance, Random random) {
            StringBuilder text = new StringBuilder("*** Begin Patch\n*** Update File: f\n");
            for (Change.Hunk hunk : change.hunks()) {
                text.append("@@\n");
                lines(hunk, disturbance, false, text);
            }
            return text.append("*** End Patch\n").toString();
        }
    },
    SEARCH_REPLACE {
        @Override
        String text(Change change, boolean ended, Disturbance disturbance, Random random) {
            StringBuilder text = new StringBuilder();
            for (Change.Hunk hunk : change.hunks()) {
                Change.Hunk disturbed = disturbed(hunk, disturbance);
                text.append("f\n<<<<<<<<< SEARCH\n");
                disturbed.old().forEach(line -> text.append(line).append('\n'));
                text.append("=========\n");
                disturbed.fresh().forEach(line -> text.append(line).append('\n'));
                text.append(">>>>>>>>> REPLACE\n");
            }
            return text.toString();
        }
    },
    CHANGES {
        @Override
        String text(Change change, boolean ended, Disturbance disturbance, Random random) {
            return "";
        }

        @Override
        ObjectNode document(Change change, boolean ended, Disturbance disturbance, Random random) {
            ObjectNode document = JsonNodeFactory.instance.objectNode().put("id", "x");
            var changes =
                    document.putArray("mutations").addObject().put("path", "f").putArray("changes");
            for (Change.Hunk hunk : change.hunks()) {
                Change.Hunk disturbed = disturbed(hunk, disturbance);
                // A text of whole lines whose place is taken by nothing takes its last line feed along.
                String end = disturbed.fresh().isEmpty() ? "\n" : "";
                changes.addObject()
                        .put("old", crlf(disturbance, String.join("\n", disturbed.old()) + end))
                        .put("new", crlf(disturbance, String.join("\n", disturbed.fresh())));
            }
            return document;
        }
    };

    abstract String text(Change change, boolean ended, Disturbance disturbance, Random random);

    /**
     * The document that is sent.
     *
     * @param ended whether the file ends in a line feed, before and after
     */
    ObjectNode document(Change change, boolean ended, Disturbance disturbance, Random random) {
        return Sent.text(disturbance.patch(text(change, ended, disturbance, random)), "auto");
    }

    private static Change.Hunk disturbed(Change.Hunk hunk, Disturbance disturbance) {
        List<String> lines = hunk.lines().stream().map(disturbance::line).toList();
        return new Change.Hunk(hunk.start(), lines);
    }

    private static void lines(Change.Hunk hunk, Disturbance disturbance, boolean marked, StringBuilder text) {
        List<String> lines = disturbed(hunk, disturbance).lines();
        for (int i = 0; i < lines.size(); i++) {
            text.append(lines.get(i)).append('\n');
            if (marked && (isLast(lines, i, '+') || isLast(lines, i, '-'))) {
                text.append("\\ No newline at end of file\n");
            }
        }
    }

    /** Whether this is the last line of the side that lines with the other sign are no part of. */
    private static boolean isLast(List<String> lines, int at, char otherSign) {
        return lines.get(at).charAt(0) != otherSign
                && lines.subList(at + 1, lines.size()).stream().allMatch(line -> line.charAt(0) == otherSign);
    }

    private static String crlf(Disturbance disturbance, String text) {
        return disturbance == Disturbance.CRLF_PATCH ? text.replace("\n", "\r\n") : text;
    }
}
