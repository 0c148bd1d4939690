package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Placeholders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A placeholder that is written into a file, and so takes the place of what it stands for. */
public final class Omission {
    private Omission() {}

    /** Why a file must not get this content in place of the old one: such a comment that the old one lacks. */
    public static Optional<String> addedBy(byte[] before, byte[] after) {
        List<String> found = placeholders(after);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String old = new String(before, StandardCharsets.UTF_8);
        Optional<String> added =
                found.stream().filter(line -> !old.contains(line.strip())).findFirst();
        return added.map(line -> "`" + NearestLines.cut(line.strip()) + "` stands for text that is not sent, and would"
                + " take its place; send that text, or a change of the lines around it alone");
    }

    /** A document may show program text with dots in it, within a fence. */
    private static List<String> placeholders(byte[] text) {
        List<String> found = new ArrayList<>();
        boolean fenced = false;
        int next;
        for (int from = 0; from < text.length; from = next) {
            int first = firstVisible(text, from);
            next = first == text.length || isLineEnd(text[first]) ? first + 1 : endOfLine(text, first) + 1;
            if (next > first + 1 && mayMatter(text[first])) {
                String line = new String(text, from, next - 1 - from, StandardCharsets.UTF_8);
                fenced ^= line.stripLeading().startsWith("```");
                if (Placeholders.isCertain(line) || (!fenced && Placeholders.isBare(line))) {
                    found.add(line);
                }
            }
        }
        return found;
    }

    /** Whether a line that begins with this can be a fence or a placeholder; what is not ASCII may be a space. */
    private static boolean mayMatter(byte first) {
        return first < 0 || first == '`' || Placeholders.mayBeginWith((char) first);
    }

    private static int firstVisible(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] >= 0 && text[at] <= ' ' && !isLineEnd(text[at])) {
            at++;
        }
        return at;
    }

    private static int endOfLine(byte[] text, int from) {
        int at = from;
        while (at < text.length && !isLineEnd(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }
}
