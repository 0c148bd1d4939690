package dev.patchferry.runner.diff;

import java.util.Arrays;
import java.util.Map;

/**
 * Which lines two files do not share: Myers' algorithm in linear space (Algorithmica 1, 1986), on what is left without the
 * common beginning and end and without lines that only one side has. When the time for comparing is over, everything
 * between the common beginning and end counts as replaced.
 */
final class LineDiff {
    /** Lines of the old side that go. */
    final boolean[] gone;
    /** Lines of the new side that come. */
    final boolean[] fresh;

    private final Pace pace;

    private LineDiff(int before, int after, Pace pace) {
        this.gone = new boolean[before];
        this.fresh = new boolean[after];
        this.pace = pace;
    }

    static LineDiff of(TextLines before, TextLines after, Pace pace) {
        Map<TextLines.Line, Integer> numbers = TextLines.numbers();
        int[] a = before.numbered(numbers);
        int[] b = after.numbered(numbers);
        LineDiff diff = new LineDiff(a.length, b.length, pace);
        diff.compare(a, b, numbers.size());
        return diff;
    }

    private void compare(int[] a, int[] b, int numbers) {
        int shortest = Math.min(a.length, b.length);
        int head = 0;
        while (head < shortest && a[head] == b[head]) {
            head++;
        }
        int tail = 0;
        while (tail < shortest - head && a[a.length - 1 - tail] == b[b.length - 1 - tail]) {
            tail++;
        }
        Side old = Side.of(a, head, a.length - tail, counts(b, head, b.length - tail, numbers), gone);
        Side now = Side.of(b, head, b.length - tail, counts(a, head, a.length - tail, numbers), fresh);
        if (!compare(old, 0, old.size(), now, 0, now.size())) {
            Arrays.fill(gone, head, a.length - tail, true);
            Arrays.fill(fresh, head, b.length - tail, true);
        }
    }

    private static int[] counts(int[] lines, int from, int to, int numbers) {
        int[] counts = new int[numbers];
        for (int i = from; i < to; i++) {
            counts[lines[i]]++;
        }
        return counts;
    }

    /** The lines that may be common. */
    private static final class Side {
        private final int[] lines;
        /** Where each stands in the file. */
        private final int[] places;
        /** Of the whole file. */
        private final boolean[] changed;

        private Side(int[] lines, int[] places, boolean[] changed) {
            this.lines = lines;
            this.places = places;
            this.changed = changed;
        }

        static Side of(int[] all, int from, int to, int[] inOther, boolean[] changed) {
            int[] lines = new int[to - from];
            int[] places = new int[to - from];
            int size = 0;
            for (int i = from; i < to; i++) {
                if (inOther[all[i]] == 0) {
                    changed[i] = true;
                } else {
                    lines[size] = all[i];
                    places[size++] = i;
                }
            }
            return new Side(Arrays.copyOf(lines, size), Arrays.copyOf(places, size), changed);
        }

        int size() {
            return lines.length;
        }

        void mark(int from, int to) {
            for (int i = from; i < to; i++) {
                changed[places[i]] = true;
            }
        }
    }

    /** Marks what differs between two stretches; false if the time is over. */
    private boolean compare(Side a, int aFrom, int aTo, Side b, int bFrom, int bTo) {
        int n = aTo - aFrom;
        int m = bTo - bFrom;
        if (n == 0 || m == 0) {
            a.mark(aFrom, aTo);
            b.mark(bFrom, bTo);
            return true;
        }
        int[] snake = middle(a.lines, aFrom, n, b.lines, bFrom, m);
        if (snake.length == 0) {
            return false;
        }
        int x = snake[1];
        int y = snake[2];
        int u = snake[3];
        int v = snake[4];
        if (snake[0] > 1 || (x != u && y != v)) {
            return compare(a, aFrom, aFrom + x, b, bFrom, bFrom + y) && compare(a, aFrom + u, aTo, b, bFrom + v, bTo);
        }
        a.mark(aFrom + Math.min(n, m), aTo);
        b.mark(bFrom + Math.min(n, m), bTo);
        return true;
    }

    /** The edit distance, and where the middle run of common lines begins and ends on both sides; empty if too late. */
    private int[] middle(int[] a, int aFrom, int n, int[] b, int bFrom, int m) {
        int zero = m + 1;
        int[] forth = new int[n + m + 3];
        int[] back = new int[n + m + 3];
        int delta = n - m;
        boolean odd = (delta & 1) != 0;
        for (int h = 0; h <= (n + m + 1) / 2; h++) {
            if (pace.isComparingOver()) {
                return new int[0];
            }
            int first = -(h - 2 * Math.max(0, h - m));
            int last = h - 2 * Math.max(0, h - n);
            for (int k = first; k <= last; k += 2) {
                int start = furthest(forth, zero + k, k == -h, k == h);
                int x = start;
                while (x < n && x - k < m && a[aFrom + x] == b[bFrom + x - k]) {
                    x++;
                }
                forth[zero + k] = x;
                int other = delta - k;
                if (odd && Math.abs(other) <= h - 1 && x + back[zero + other] >= n) {
                    return new int[] {2 * h - 1, start, start - k, x, x - k};
                }
            }
            for (int k = first; k <= last; k += 2) {
                int start = furthest(back, zero + k, k == -h, k == h);
                int x = start;
                while (x < n && x - k < m && a[aFrom + n - 1 - x] == b[bFrom + m - 1 - x + k]) {
                    x++;
                }
                back[zero + k] = x;
                int other = delta - k;
                if (!odd && Math.abs(other) <= h && x + forth[zero + other] >= n) {
                    return new int[] {2 * h, n - x, m - x + k, n - start, m - start + k};
                }
            }
        }
        throw new IllegalStateException("two texts always meet");
    }

    private static int furthest(int[] reached, int k, boolean lowest, boolean highest) {
        return lowest || (!highest && reached[k - 1] < reached[k + 1]) ? reached[k + 1] : reached[k - 1] + 1;
    }
}
