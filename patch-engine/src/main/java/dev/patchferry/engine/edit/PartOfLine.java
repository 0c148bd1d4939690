package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkPosition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one place in a file where a block's only line stands as a part of a line, with nothing around it that a word or a
 * name could go on with.
 *
 * @param line from 0
 * @param text the whole line afterwards
 */
record PartOfLine(int line, String text, FileLines file) {
    private static final String OUTSIDE_BEFORE = "(?<=^|[\\s\"'(\\[{<>,;=|])";
    private static final String OUTSIDE_BEHIND = "(?=$|[\\s\"')\\]}<>,;=|])";
    private static final int SHORTEST = 4;
    /** The clock is looked at every so many lines. */
    private static final int STRIDE = 1024;

    static Optional<PartOfLine> find(HunkPattern hunkPattern, FileLines file, Deadline deadline) {
        boolean single = hunkPattern.hunk().where() instanceof HunkPosition.Anywhere
                && hunkPattern.before().size() == 1
                && hunkPattern.after().size() == 1;
        String old =
                single ? hunkPattern.before().getFirst().bytes().withoutReturn().toString() : "";
        if (old.strip().length() < SHORTEST || Character.isWhitespace(old.charAt(0))) {
            return Optional.empty();
        }
        Pattern part = Pattern.compile(OUTSIDE_BEFORE + Pattern.quote(old) + OUTSIDE_BEHIND);
        String fresh = hunkPattern.after().getFirst().bytes().withoutReturn().toString();
        Optional<PartOfLine> found = Optional.empty();
        for (int line = 0; line < file.count(); line++) {
            if (line % STRIDE == 0) {
                deadline.check();
            }
            String text = file.line(line).toString();
            int first = text.indexOf(old);
            if (first < 0) {
                continue;
            }
            boolean alone = text.indexOf(old, first + 1) < 0
                    && part.matcher(text).find()
                    && Slice.of(text).sameAs(file.line(line));
            if (!alone || found.isPresent()) {
                return Optional.empty();
            }
            String changed = text.substring(0, first) + fresh + text.substring(first + old.length());
            found = Optional.of(new PartOfLine(line, changed, file));
        }
        return found;
    }

    Splice splice() {
        String end = file.isEnded(line) ? endOf(file.whole(line, line + 1)) : "";
        return new Splice(line, 1, List.of((text + end).getBytes(StandardCharsets.UTF_8)));
    }

    /** What ends a line, behind a carriage return that is of the line. */
    private static String endOf(Slice whole) {
        String all = whole.toString();
        return all.isEmpty() ? "" : all.substring(all.length() - 1);
    }
}
