package dev.patchferry.engine.edit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes of a hunk that found its place what is to be done to the file. Lines found exactly are taken as the hunk has
 * them; where something had to be forgiven, new lines get the file's own line ending and indentation.
 */
final class HunkRenderer {
    private final FileLines file;
    private final String ending;

    HunkRenderer(FileLines file) {
        this.file = file;
        this.ending = file.usualEnding();
    }

    /** Puts a hunk among those that are placed. */
    void place(HunkPattern hunkPattern, Location.At at, ResolvedHunks resolvedHunks) {
        List<Splice> made = new ArrayList<>();
        Indentation indentation = Indentation.of(hunkPattern, at.start(), file);
        int line = at.start();
        int from = line;
        List<byte[]> added = new ArrayList<>();
        Typography typography = Typography.of(hunkPattern, at, file);
        for (int i = 0; i < hunkPattern.lines().size(); i++) {
            PatternLine each = hunkPattern.lines().get(i);
            switch (each.kind()) {
                case ADD ->
                    added.add(typography
                            .kept(i)
                            .map(text -> (text + ending).getBytes(StandardCharsets.UTF_8))
                            .orElseGet(() -> bytes(each, isTakenAsItIs(hunkPattern, at), at.pass(), indentation)));
                case REMOVE -> line++;
                case KEEP -> {
                    cut(made, from, line, added);
                    added = new ArrayList<>();
                    line++;
                    from = line;
                }
            }
        }
        cut(made, from, line, added);
        resolvedHunks.add(at.start(), hunkPattern, made, endedAfter(hunkPattern, at, resolvedHunks.ended()));
    }

    private static void cut(List<Splice> made, int from, int to, List<byte[]> added) {
        if (to > from || !added.isEmpty()) {
            made.add(new Splice(from, to - from, added));
        }
    }

    /** What no old line was compared with is exact only in that there was nothing to compare. */
    private boolean isTakenAsItIs(HunkPattern hunkPattern, Location.At at) {
        return at.pass() == MatchLevel.EXACT && (!hunkPattern.before().isEmpty() || file.count() == 0);
    }

    private byte[] bytes(PatternLine line, boolean asItIs, MatchLevel matchLevel, Indentation indentation) {
        if (asItIs) {
            String end = ending.equals("\r") ? ending : "\n";
            return (line.bytes() + (line.isEnded() ? end : "")).getBytes(StandardCharsets.UTF_8);
        }
        Slice text = line.bytes().withoutReturn();
        if (!matchLevel.forgivesIndentation() || text.isBlank()) {
            return (text + ending).getBytes(StandardCharsets.UTF_8);
        }
        String indented = indentation.inFile(text.indentation().toString()) + text.stripLeading();
        return (indented + ending).getBytes(StandardCharsets.UTF_8);
    }

    /** A file's last line feed stays or is missing as before, unless the hunk is about just that. */
    private boolean endedAfter(HunkPattern hunkPattern, Location.At at, boolean endedBefore) {
        if (at.start() + hunkPattern.before().size() < file.count()) {
            return endedBefore;
        }
        if (hunkPattern.after().isEmpty()) {
            return true;
        }
        boolean will = hunkPattern.after().getLast().isEnded();
        if (isTakenAsItIs(hunkPattern, at)) {
            return will;
        }
        boolean was =
                hunkPattern.before().isEmpty() || hunkPattern.before().getLast().isEnded();
        return was == will ? endedBefore : will;
    }

    /** The whole file, once everything is placed. */
    byte[] apply(ResolvedHunks resolvedHunks) {
        Output output = new Output(ending, file.length());
        int line = 0;
        for (Splice splice : resolvedHunks.inOrder()) {
            copy(line, splice.at(), output);
            splice.added().forEach(added -> output.lines(Slice.of(added), isEnded(added)));
            line = splice.at() + splice.removed();
        }
        copy(line, file.count(), output);
        return output.bytes(resolvedHunks.ended());
    }

    private boolean isEnded(byte[] line) {
        byte last = line.length == 0 ? 0 : line[line.length - 1];
        return last == '\n' || (last == '\r' && ending.equals("\r"));
    }

    private void copy(int from, int to, Output output) {
        if (from < to) {
            output.lines(file.whole(from, to), file.isEnded(to - 1));
        }
    }
}
