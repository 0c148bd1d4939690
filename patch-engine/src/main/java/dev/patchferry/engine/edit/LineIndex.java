package dev.patchferry.engine.edit;

import java.util.Arrays;
import java.util.List;

/**
 * Finds lines in a file, as one pass compares them. Made in one walk over the file; a search costs as much as its rarest
 * line is frequent.
 */
final class LineIndex {
    /** Nobody reads a longer list of places. */
    private static final int MOST_PLACES = 10_000;

    private static final int STRIDE = 1 << 16;

    private final FileLines file;
    private final MatchLevel matchLevel;
    private final Deadline deadline;
    private final int[] hashes;
    /** By bucket: the first line in it, plus one, and how many there are. */
    private final int[] first;

    private final int[] frequency;
    /** By line: the next line in the same bucket, plus one. */
    private final int[] next;

    private long work;

    LineIndex(FileLines file, MatchLevel matchLevel, Deadline deadline) {
        this.file = file;
        this.matchLevel = matchLevel;
        this.deadline = deadline;
        int lines = file.count();
        int buckets = Math.max(16, Integer.highestOneBit(lines) << 1);
        this.hashes = new int[lines];
        this.first = new int[buckets];
        this.frequency = new int[buckets];
        this.next = new int[lines];
        for (int i = lines - 1; i >= 0; i--) {
            add(i);
        }
    }

    private void add(int line) {
        worked(1);
        hashes[line] = matchLevel.key(file.line(line)).hash();
        int bucket = bucket(hashes[line]);
        next[line] = first[bucket];
        first[bucket] = line + 1;
        frequency[bucket]++;
    }

    MatchLevel pass() {
        return matchLevel;
    }

    /**
     * Every place, in order, where these lines stand one after the other; no more than anybody would read.
     *
     * @param wanted at least one line
     */
    int[] find(List<PatternLine> wanted) {
        int[] keys =
                wanted.stream().mapToInt(line -> line.key(matchLevel).hash()).toArray();
        int rarest = 0;
        for (int i = 1; i < keys.length; i++) {
            rarest = frequency[bucket(keys[i])] < frequency[bucket(keys[rarest])] ? i : rarest;
        }
        int[] places = new int[16];
        int count = 0;
        for (int at = first[bucket(keys[rarest])]; at > 0 && count < MOST_PLACES; at = next[at - 1]) {
            int start = at - 1 - rarest;
            if (hashes[at - 1] == keys[rarest] && matches(start, wanted, keys)) {
                places = count == places.length ? Arrays.copyOf(places, 2 * count) : places;
                places[count++] = start;
            }
        }
        return Arrays.copyOf(places, count);
    }

    private boolean matches(int start, List<PatternLine> wanted, int[] keys) {
        if (start < 0 || start + keys.length > file.count()) {
            return false;
        }
        for (int i = 0; i < keys.length; i++) {
            worked(1);
            if (hashes[start + i] != keys[i]) {
                return false;
            }
        }
        for (int i = 0; i < keys.length; i++) {
            if (!isSame(start + i, wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isSame(int line, PatternLine wanted) {
        worked(1 + file.line(line).length() / 64);
        return file.isSame(line, wanted, matchLevel);
    }

    private int bucket(int hash) {
        return hash & (first.length - 1);
    }

    private void worked(int amount) {
        work += amount;
        if (work >= STRIDE) {
            work = 0;
            deadline.check();
        }
    }
}
