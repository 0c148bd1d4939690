package dev.patchferry.runner.diff;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A file's lines, each with its line feed; the last may have none. */
final class TextLines {
    private final byte[] text;
    /** Where each line ends, exclusive. */
    private final int[] ends;

    private TextLines(byte[] text, int[] ends) {
        this.text = text;
        this.ends = ends;
    }

    static TextLines of(byte[] text) {
        int[] ends = new int[16];
        int count = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n' || i == text.length - 1) {
                ends = count == ends.length ? Arrays.copyOf(ends, 2 * count) : ends;
                ends[count++] = i + 1;
            }
        }
        return new TextLines(text, Arrays.copyOf(ends, count));
    }

    int count() {
        return ends.length;
    }

    void writeLine(int line, ByteArrayOutputStream out) {
        out.write(text, start(line), ends[line] - start(line));
    }

    private int start(int line) {
        return line == 0 ? 0 : ends[line - 1];
    }

    boolean lacksLineFeed(int line) {
        return text[ends[line] - 1] != '\n';
    }

    /** Each line as a number; equal lines of both sides have equal numbers. */
    int[] numbered(Map<Line, Integer> numbers) {
        int[] numbered = new int[count()];
        for (int i = 0; i < numbered.length; i++) {
            Line line = Line.of(text, start(i), ends[i]);
            numbered[i] = numbers.computeIfAbsent(line, _ -> numbers.size());
        }
        return numbered;
    }

    static Map<Line, Integer> numbers() {
        return new HashMap<>();
    }

    /** A line as a key, in place. */
    static final class Line {
        private final byte[] text;
        private final int from;
        private final int to;
        private final int hash;

        private Line(byte[] text, int from, int to, int hash) {
            this.text = text;
            this.from = from;
            this.to = to;
            this.hash = hash;
        }

        private static Line of(byte[] text, int from, int to) {
            int hash = 1;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + text[i];
            }
            return new Line(text, from, to, hash);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Line line
                    && hash == line.hash
                    && Arrays.equals(text, from, to, line.text, line.from, line.to);
        }
    }
}
