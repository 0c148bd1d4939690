package dev.patchferry.runner.reads;

import java.util.Arrays;

/** Where the lines of a text begin and end: at a line feed, with a carriage return before it or not, or at a lone carriage return. */
final class LineStarts {
    private final byte[] text;
    private final int[] begins;
    private final int count;
    private final int lf;
    private final int crlf;
    private final int cr;

    LineStarts(byte[] text) {
        this.text = text;
        int[] found = new int[16];
        int lines = 0;
        int[] ends = new int[3];
        int at = 0;
        while (at < text.length) {
            if (lines == found.length) {
                found = Arrays.copyOf(found, 2 * lines);
            }
            found[lines++] = at;
            at = behind(text, at, ends);
        }
        this.begins = found;
        this.count = lines;
        this.lf = ends[0];
        this.crlf = ends[1];
        this.cr = ends[2];
    }

    private static int behind(byte[] text, int from, int[] ends) {
        for (int at = from; at < text.length; at++) {
            if (text[at] == '\n') {
                ends[0]++;
                return at + 1;
            }
            if (text[at] == '\r') {
                boolean pair = at + 1 < text.length && text[at + 1] == '\n';
                ends[pair ? 1 : 2]++;
                return pair ? at + 2 : at + 1;
            }
        }
        return text.length;
    }

    int count() {
        return count;
    }

    /** Where a line begins, from 0; that behind the last is the end of the text. */
    int begin(int line) {
        return line >= count ? text.length : begins[line];
    }

    /** Where it ends, what ends it left out. */
    int end(int line) {
        int end = begin(line + 1);
        if (end > begin(line) && text[end - 1] == '\n') {
            end--;
        }
        if (end > begin(line) && text[end - 1] == '\r') {
            end--;
        }
        return end;
    }

    /** The line that has this byte. */
    int lineAt(int offset) {
        int found = Arrays.binarySearch(begins, 0, count, offset);
        return found < 0 ? -found - 2 : found;
    }

    /** How the lines end: {@code lf}, {@code crlf}, {@code cr}, {@code mixed} or {@code none}. */
    String endings() {
        int kinds = (lf > 0 ? 1 : 0) + (crlf > 0 ? 1 : 0) + (cr > 0 ? 1 : 0);
        if (kinds != 1) {
            return kinds == 0 ? "none" : "mixed";
        }
        return lf > 0 ? "lf" : crlf > 0 ? "crlf" : "cr";
    }
}
