package dev.patchferry.foundation.redaction;

/** One pass over a text, which it changes. Used once, by one thread. */
final class RedactionPass {
    private static final byte STAR = '*';
    private static final int MOST_BREAKS = 2;
    private static final byte[] ELLIPSIS = {(byte) 0xE2, (byte) 0x80, (byte) 0xA6};

    private final Automaton automaton;
    private final byte[] text;
    private final int length;
    private final boolean marked;
    private final boolean shapes;
    private boolean any;
    /** What is to be covered beyond what was read; those bytes are still needed as they are. */
    private int laterFrom;

    private int laterTo;

    /**
     * Prepares a pass.
     *
     * @param marked whether the first character of each line is a mark and not part of the text
     * @param shapes whether tokens are found by their shape, too
     */
    RedactionPass(Automaton automaton, byte[] text, int length, boolean marked, boolean shapes) {
        this.automaton = automaton;
        this.text = text;
        this.length = length;
        this.marked = marked;
        this.shapes = shapes;
    }

    boolean hasFound() {
        return any;
    }

    /** Looks at all of it; how much is settled. */
    int run(boolean complete) {
        int state = Automaton.ROOT;
        int settled = length;
        int breaks = 0;
        for (int i = 0; i < length; i++) {
            if (state == Automaton.ROOT) {
                i = automaton.skip(text, i, length);
            }
            if (i == length || isMark(i)) {
                continue;
            }
            coverUntil(i);
            if (isBreak(text[i])) {
                state = ++breaks > MOST_BREAKS ? Automaton.ROOT : state;
                continue;
            }
            breaks = 0;
            if (isEllipsis(i)) {
                coverCutOff(state, i);
            }
            state = automaton.next(state, text[i]);
            if (automaton.found(state) > 0) {
                found(state, i);
            }
            if (shapes && automaton.shape(state) >= 0) {
                settled = Math.min(settled, settledByToken(state, i, complete));
            }
        }
        coverUntil(length);
        return complete ? cutOff(state) : Math.min(settled, settledBySecret(state));
    }

    private int cutOff(int state) {
        coverCutOff(state, length);
        return length;
    }

    private int settledBySecret(int state) {
        boolean atBreak = length > 0 && isBreak(text[length - 1]);
        return beside(back(length, automaton.pending(state, atBreak)));
    }

    /** The character before base64 may hold a few bits of the secret. */
    private int beside(int from) {
        return from > 0 && from < length && isBase64(text[from - 1]) ? from - 1 : from;
    }

    private void found(int state, int last) {
        int from = back(last + 1, automaton.found(state));
        int to = last + 1;
        if (automaton.isBase64(state)) {
            from = beside(from);
            to = to < length && isBase64(text[to]) ? to + 1 : to;
        }
        coverLater(from, to);
    }

    /** Has a token covered if there is one; how much is settled if that is not known yet. */
    private int settledByToken(int state, int last, boolean complete) {
        TokenShape shape = TokenShape.ALL.get(automaton.shape(state));
        int from = back(last + 1, shape.beginning().length());
        if (shape.apart() && from > 0 && TokenShape.isUrlSafe(text[from - 1])) {
            return length;
        }
        int to = shape.end(text, last + 1, length, complete);
        if (to > 0) {
            coverLater(from, to);
        }
        return to == TokenShape.UNDECIDED ? from : length;
    }

    private void coverLater(int from, int to) {
        laterFrom = laterTo > laterFrom ? Math.min(laterFrom, from) : from;
        laterTo = Math.max(laterTo, to);
    }

    private void coverUntil(int here) {
        if (laterTo > laterFrom && laterTo <= here) {
            cover(laterFrom, laterTo);
            laterFrom = laterTo;
        }
    }

    private void coverCutOff(int state, int end) {
        cover(back(end, automaton.cutOff(state, Redactor.SHORTEST)), end);
    }

    private void cover(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isBreak(text[i]) && !isMark(i)) {
                text[i] = STAR;
                any = true;
            }
        }
    }

    /** Where so many characters that count begin, if they end here. */
    private int back(int end, int count) {
        int from = end;
        int left = count;
        while (left > 0 && from > 0) {
            from--;
            left -= isBreak(text[from]) || isMark(from) ? 0 : 1;
        }
        return from;
    }

    private boolean isMark(int i) {
        return marked && i > 0 && text[i - 1] == '\n';
    }

    private boolean isEllipsis(int i) {
        return text[i] == ELLIPSIS[0] && i + 2 < length && text[i + 1] == ELLIPSIS[1] && text[i + 2] == ELLIPSIS[2];
    }

    private static boolean isBreak(byte b) {
        return b == '\n' || b == '\r';
    }

    private static boolean isBase64(byte b) {
        return TokenShape.isUrlSafe(b) || b == '+' || b == '/';
    }
}
