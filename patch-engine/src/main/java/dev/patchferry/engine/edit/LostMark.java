package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkLine;

/**
 * Tells a line of a hunk that lost the character in front which says what becomes of it. An indented line then begins with
 * a space like one that stays, and is indented one less than in the file.
 */
final class LostMark {
    private LostMark() {}

    /**
     * Whether a line that stays may have lost its mark, the hunk standing here. A sender that leaves out the space of
     * every such line means them to stay.
     */
    static boolean isLikely(HunkPattern hunkPattern, int start, FileLines file) {
        int line = start;
        int whole = 0;
        int shorter = 0;
        for (PatternLine each : hunkPattern.lines()) {
            if (each.kind() == HunkLine.Kind.KEEP && !each.bytes().isBlank()) {
                String inHunk = each.bytes().indentation().toString();
                String inFile = file.line(line).indentation().toString();
                whole += inHunk.equals(inFile) ? 1 : 0;
                shorter += inFile.equals(" " + inHunk) ? 1 : 0;
            }
            line += each.isOld() ? 1 : 0;
        }
        return shorter > 0 && (whole > 0 || shorter == 1);
    }

    /** Whether lines that stay and lost the space in front of them are all that is indented otherwise than in the file. */
    static boolean explainsIndentation(HunkPattern hunkPattern, int start, FileLines file) {
        int line = start;
        boolean some = false;
        for (PatternLine each : hunkPattern.before()) {
            String inHunk = each.bytes().indentation().toString();
            String inFile = file.line(line++).indentation().toString();
            boolean lost = each.kind() == HunkLine.Kind.KEEP && inFile.equals(" " + inHunk);
            if (!each.bytes().isBlank() && !lost && !inFile.equals(inHunk)) {
                return false;
            }
            some |= lost && !each.bytes().isBlank();
        }
        return some;
    }
}
