package dev.patchferry.foundation.redaction;

import dev.patchferry.foundation.redaction.SecretForms.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Queue;

/**
 * Aho and Corasick's automaton (Communications of the ACM 18, 1975) over bytes: finds all of many texts in one pass. A
 * state is a beginning of one of them; every array is indexed by states.
 */
final class Automaton {
    static final int ROOT = 0;

    private static final int BYTES = 256;
    private static final int NOT_OF_A_SECRET = Integer.MAX_VALUE;
    private static final int LEAST_OVER_BREAK = 4;

    private final int[] fromRoot = new int[BYTES];
    /** One bit for each pair of bytes with which a text begins. */
    private final long[] pairs = new long[BYTES * BYTES / Long.SIZE];

    private final byte[] label;
    private final int[] firstChild;
    private final int[] nextSibling;
    private final int[] failure;
    private final int[] depth;
    /** Length of the longest text that ends here; negative if it is base64, 0 if none does. */
    private final int[] found;
    /** One more than the index of the shape that begins with what ends here. */
    private final byte[] shape;
    /** Length of the shortest secret that goes through here. */
    private final int[] shortest;
    /** How many bytes that end here may become something that is covered, and be held back until that is known. */
    private final int[] pending;
    /** The same where the line ends: tokens do not go on, and not every line that ends like a secret begins is waited with. */
    private final int[] pendingOverBreak;

    private int states = 1;
    private int longest;

    /**
     * Builds it.
     *
     * @param known may be held back as soon as they begin
     * @param hidden are found only when they are whole
     */
    Automaton(Collection<Form> known, Collection<Form> hidden) {
        int most = 1
                + known.stream().mapToInt(form -> form.length()).sum()
                + hidden.stream().mapToInt(form -> form.length()).sum()
                + TokenShape.ALL.stream()
                        .mapToInt(kind -> kind.beginning().length())
                        .sum();
        label = new byte[most];
        firstChild = new int[most];
        nextSibling = new int[most];
        failure = new int[most];
        depth = new int[most];
        found = new int[most];
        shape = new byte[most];
        shortest = new int[most];
        pending = new int[most];
        pendingOverBreak = new int[most];
        Arrays.fill(shortest, NOT_OF_A_SECRET);
        known.forEach(form -> add(form, true));
        hidden.forEach(form -> add(form, false));
        for (int i = 0; i < TokenShape.ALL.size(); i++) {
            byte[] beginning = TokenShape.ALL.get(i).beginning().getBytes(StandardCharsets.US_ASCII);
            shape[path(beginning)] = (byte) (i + 1);
            pending(beginning, false);
        }
        link();
    }

    private void add(Form form, boolean known) {
        byte[] text = form.text();
        int end = path(text);
        found[end] = form.base64() && found[end] <= 0 ? -text.length : text.length;
        longest = Math.max(longest, text.length);
        int state = ROOT;
        for (byte b : text) {
            state = child(state, b);
            shortest[state] = Math.min(shortest[state], text.length);
        }
        if (known) {
            pending(text, true);
        }
    }

    /** All beginnings of a text but the whole, which is found at once. */
    private void pending(byte[] text, boolean secret) {
        int state = ROOT;
        for (int i = 0; i < text.length - 1; i++) {
            state = child(state, text[i]);
            pending[state] = depth[state];
            if (secret && i + 1 >= LEAST_OVER_BREAK) {
                pendingOverBreak[state] = depth[state];
            }
        }
    }

    /** The state of this text; made if there is none. */
    private int path(byte[] text) {
        int state = ROOT;
        for (int i = 0; i < text.length; i++) {
            int next = child(state, text[i]);
            if (next == ROOT) {
                next = states++;
                label[next] = text[i];
                depth[next] = i + 1;
                nextSibling[next] = firstChild[state];
                firstChild[state] = next;
                if (state == ROOT) {
                    fromRoot[text[i] & 0xFF] = next;
                }
            }
            state = next;
        }
        return state;
    }

    private int child(int state, byte b) {
        if (state == ROOT) {
            return fromRoot[b & 0xFF];
        }
        int child = firstChild[state];
        while (child != ROOT && label[child] != b) {
            child = nextSibling[child];
        }
        return child;
    }

    /** Breadth first: the longest other beginning that ends where a state ends, and what is found there. */
    private void link() {
        Queue<Integer> next = new ArrayDeque<>();
        for (int child = firstChild[ROOT]; child != ROOT; child = nextSibling[child]) {
            next.add(child);
            markPairs(child);
        }
        while (!next.isEmpty()) {
            int state = next.remove();
            for (int child = firstChild[state]; child != ROOT; child = nextSibling[child]) {
                failure[child] = next(failure[state], label[child]);
                next.add(child);
            }
            int other = failure[state];
            found[state] = found[state] == 0 ? found[other] : found[state];
            shape[state] = shape[state] == 0 ? shape[other] : shape[state];
            pending[state] = Math.max(pending[state], pending[other]);
            pendingOverBreak[state] = Math.max(pendingOverBreak[state], pendingOverBreak[other]);
        }
    }

    /** A line break may always come in between. */
    private void markPairs(int first) {
        markPair(label[first], (byte) '\n');
        markPair(label[first], (byte) '\r');
        for (int second = firstChild[first]; second != ROOT; second = nextSibling[second]) {
            markPair(label[first], label[second]);
        }
    }

    private void markPair(byte first, byte second) {
        int pair = (first & 0xFF) << Byte.SIZE | (second & 0xFF);
        pairs[pair / Long.SIZE] |= 1L << pair % Long.SIZE;
    }

    /** The first place from here on where a text may begin; {@code to} if there is none. */
    int skip(byte[] text, int from, int to) {
        int i = from;
        for (int last = to - 1; i < last; i++) {
            int pair = (text[i] & 0xFF) << Byte.SIZE | (text[i + 1] & 0xFF);
            if ((pairs[pair >>> 6] & 1L << pair) != 0) {
                return i;
            }
        }
        return i < to && fromRoot[text[i] & 0xFF] == ROOT ? to : i;
    }

    int next(int state, byte b) {
        int at = state;
        while (at != ROOT) {
            int child = child(at, b);
            if (child != ROOT) {
                return child;
            }
            at = failure[at];
        }
        return fromRoot[b & 0xFF];
    }

    /** The length of the longest text that ends in a state; 0 if none does. */
    int found(int state) {
        return Math.abs(found[state]);
    }

    boolean isBase64(int state) {
        return found[state] < 0;
    }

    /** The shape that begins with what ends here; negative if none does. */
    int shape(int state) {
        return shape[state] - 1;
    }

    /** How many bytes before the end of a text may become something that is covered. */
    int pending(int state, boolean atBreak) {
        return atBreak ? pendingOverBreak[state] : pending[state];
    }

    /** How many bytes before the end of a text are at least half of a secret that was cut off there. */
    int cutOff(int state, int least) {
        for (int at = state; at != ROOT; at = failure[at]) {
            if (depth[at] >= least && depth[at] * 2L >= shortest[at]) {
                return depth[at];
            }
        }
        return 0;
    }

    /** The length of the longest text. */
    int longest() {
        return longest;
    }
}
