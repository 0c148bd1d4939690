package dev.patchferry.runner.reads;

import dev.patchferry.contract.SearchResult.Match;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A file's lines, each ended by one line feed, in which something is looked for a slice at a time. */
final class SearchedFile {
    /** Long enough for a search to run at full speed, short enough to look at the clock between two. */
    private static final int SLICE = 256 << 10;

    private final byte[] text;
    private final LineStarts lines;

    /** Takes over a file's bytes. */
    SearchedFile(byte[] content) {
        this.text = withLineFeeds(content);
        this.lines = new LineStarts(text);
    }

    int lines() {
        return lines.count();
    }

    /** The last line of the slice that begins with this one. */
    int sliceEnd(int line) {
        int last = lines.lineAt(Math.min(lines.begin(line) + SLICE, text.length - 1));
        return Math.max(last, line);
    }

    /** The first line from one to another that has it, or -1. */
    int find(LinePattern pattern, int from, int to) {
        int begin = lines.begin(from);
        byte[] slice = Arrays.copyOfRange(text, begin, lines.begin(to + 1));
        int at = pattern.find(slice);
        return at < 0 ? -1 : lines.lineAt(begin + at);
    }

    Match match(String path, int line, int context) {
        return new Match(
                path,
                line + 1,
                shown(line),
                shown(Math.max(0, line - context), line),
                shown(line + 1, Math.min(lines.count(), line + 1 + context)));
    }

    private List<String> shown(int from, int to) {
        return IntStream.range(from, Math.max(from, to)).mapToObj(this::shown).toList();
    }

    private String shown(int line) {
        int begin = lines.begin(line);
        int end = lines.end(line);
        String shown = Utf8.decode(text, begin, Math.min(end, begin + 4 * ReadBounds.MAX_LINE));
        boolean isWhole = shown.length() <= ReadBounds.MAX_LINE && end <= begin + 4 * ReadBounds.MAX_LINE;
        return isWhole ? shown : shown.substring(0, Math.min(shown.length(), ReadBounds.MAX_LINE)) + "…";
    }

    private static byte[] withLineFeeds(byte[] content) {
        int out = 0;
        for (int in = 0; in < content.length; in++) {
            if (content[in] != '\r') {
                content[out++] = content[in];
            } else if (in + 1 >= content.length || content[in + 1] != '\n') {
                content[out++] = '\n';
            }
        }
        return out == content.length ? content : Arrays.copyOf(content, out);
    }
}
