package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Replacement;
import java.util.List;
import java.util.stream.IntStream;

/** Tells a change that was made before from one that was not: by the place it is about, never by a text somewhere. */
final class Resent {
    /** A shorter text says too little about what it stands for. */
    private static final int SHORTEST = 5;

    private Resent() {}

    /**
     * Whether what is to replace a match stands around it already: new text that holds the old one and is sent again.
     *
     * @param start where the match begins
     * @param end where it ends
     */
    static boolean isThere(String text, int start, int end, String fresh) {
        String old = text.substring(start, end);
        if (old.isEmpty() || fresh.length() <= old.length()) {
            return false;
        }
        for (int at = fresh.indexOf(old); at >= 0; at = fresh.indexOf(old, at + 1)) {
            int from = start - at;
            if (from >= 0 && text.startsWith(fresh, from) && standsAlone(text, from, from + fresh.length())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a text that is nowhere was replaced before: the new text stands in one place alone, as whole lines that are
     * much like the old ones, and no other line of the file is like the old ones.
     *
     * @param fresh the new text as it would stand in the file
     */
    static boolean isDone(Replacement asked, String fresh, String text) {
        String wanted = fresh.strip();
        int at = text.indexOf(wanted);
        if (wanted.length() < SHORTEST || at < 0 || text.indexOf(wanted, at + 1) >= 0) {
            return false;
        }
        int end = at + wanted.length();
        boolean wholeLines =
                text.substring(text.lastIndexOf('\n', at - 1) + 1, at).isBlank()
                        && rest(text, end).isBlank();
        return wholeLines
                && NearestLines.alike(firstLine(asked.pattern()), firstLine(wanted))
                && !remains(asked.pattern(), wanted, text.substring(0, at) + text.substring(end));
    }

    /** Whether a line that is to go may still be there, spelt in another way. */
    private static boolean remains(String old, String fresh, String elsewhere) {
        List<String> kept = fresh.lines().map(String::strip).toList();
        List<String> gone = old.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !kept.contains(line))
                .toList();
        return gone.isEmpty() || NearestLines.anyAlike(elsewhere, gone);
    }

    private static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }

    private static String rest(String text, int from) {
        int end = text.indexOf('\n', from);
        return text.substring(from, end < 0 ? text.length() : end);
    }

    private static boolean standsAlone(String text, int start, int end) {
        return IntStream.of(start, end).noneMatch(edge -> isInWord(text, edge));
    }

    private static boolean isInWord(String text, int edge) {
        return edge > 0 && edge < text.length() && isWord(text.charAt(edge - 1)) && isWord(text.charAt(edge));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
