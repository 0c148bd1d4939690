package dev.patchferry.webhook.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Finds lines in a text that is written to it, with some lines around each. Holds what it found and no more. */
final class LineSearch extends OutputStream {
    private static final int MAX_LINE = 1_000;
    private static final int MAX_CHARS = 30_000;
    private static final long MAX_BYTES = 64L << 20;
    private static final long MAX_NANOS = 15_000_000_000L;

    private final String wanted;
    private final int context;
    private final long deadline = System.nanoTime() + MAX_NANOS;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<String> before = new ArrayDeque<>();
    private final List<String> found = new ArrayList<>();
    private long number;
    private long seen;
    private long lastShown;
    private int after;
    private int chars;
    private int matches;
    private boolean cut;

    LineSearch(String wanted, int context) {
        this.wanted = wanted.toLowerCase(Locale.ROOT);
        this.context = context;
    }

    @Override
    public void write(int b) throws IOException {
        if (b == '\n') {
            endOfLine();
        } else if (line.size() < MAX_LINE) {
            line.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        seen += length;
        if (seen > MAX_BYTES || System.nanoTime() - deadline > 0) {
            cut = true;
            throw new TextWindow.Enough();
        }
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    /** After the last byte. */
    void end() throws IOException {
        if (line.size() > 0) {
            endOfLine();
        }
    }

    private void endOfLine() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        number++;
        if (text.toLowerCase(Locale.ROOT).contains(wanted)) {
            matches++;
            if (lastShown > 0 && number - before.size() > lastShown + 1) {
                add("--");
            }
            for (String earlier : before) {
                add(earlier);
            }
            before.clear();
            show(text);
            after = context;
        } else if (after > 0) {
            after--;
            show(text);
        } else if (context > 0) {
            if (before.size() == context) {
                before.removeFirst();
            }
            before.addLast(number + ": " + text);
        }
    }

    private void show(String text) throws IOException {
        add(number + ": " + text);
        lastShown = number;
    }

    private void add(String shown) throws IOException {
        chars += shown.length() + 1;
        if (chars > MAX_CHARS) {
            cut = true;
            throw new TextWindow.Enough();
        }
        found.add(shown);
    }

    /** Each line found, and those around it, with its number. */
    String found() {
        return String.join("\n", found);
    }

    int matches() {
        return matches;
    }

    /** Whether the search ended before the text did. */
    boolean isCut() {
        return cut;
    }
}
