package dev.patchferry.foundation.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** What credentials of well-known services look like: a beginning that nothing else has, and what follows it. */
sealed interface TokenShape {
    /** Not one after all. */
    int NONE = -1;
    /** More text has to be seen. */
    int UNDECIDED = -2;

    /** No shape is longer than this. */
    int LONGEST = 16 << 10;

    /**
     * Few, so that hardly anything else is taken for one: GitHub, GitLab, npm, AWS access keys, Google, Slack, Stripe,
     * keys that begin with {@code sk-}, JSON web tokens, private keys in PEM, webhook secrets, and Patch Ferry's own.
     */
    List<TokenShape> ALL = List.of(
            new Run("ghp_", 36, 255, false, TokenShape::isAlphanumeric),
            new Run("gho_", 36, 255, false, TokenShape::isAlphanumeric),
            new Run("ghu_", 36, 255, false, TokenShape::isAlphanumeric),
            new Run("ghs_", 36, 255, false, TokenShape::isAlphanumeric),
            new Run("ghr_", 36, 255, false, TokenShape::isAlphanumeric),
            new Run("github_pat_", 50, 255, false, TokenShape::isWord),
            new Run("glpat-", 20, 255, false, TokenShape::isUrlSafe),
            new Run("npm_", 36, 64, true, TokenShape::isAlphanumeric),
            new Run("AKIA", 16, 16, true, TokenShape::isUpperCaseOrDigit),
            new Run("ASIA", 16, 16, true, TokenShape::isUpperCaseOrDigit),
            new Run("AIza", 35, 35, true, TokenShape::isUrlSafe),
            new Run("xoxb-", 24, 255, true, TokenShape::isUrlSafe),
            new Run("xoxp-", 24, 255, true, TokenShape::isUrlSafe),
            new Run("xoxa-", 24, 255, true, TokenShape::isUrlSafe),
            new Run("xapp-", 24, 255, true, TokenShape::isUrlSafe),
            new Run("sk_live_", 24, 255, true, TokenShape::isAlphanumeric),
            new Run("rk_live_", 24, 255, true, TokenShape::isAlphanumeric),
            new Run("sk-", 32, 255, true, TokenShape::isUrlSafe),
            new Run("ferry_", 43, 255, false, TokenShape::isUrlSafe),
            new Run("whsec_", 32, 255, false, c -> isAlphanumeric(c) || c == '+' || c == '/' || c == '='),
            new WebToken(),
            new PrivateKey());

    /** How it begins. */
    String beginning();

    /** Whether it has to stand apart from what is before it. */
    boolean apart();

    /**
     * Where it ends.
     *
     * @param from behind its beginning
     * @param complete whether nothing will follow {@code to}
     * @return the first byte behind it, {@link #NONE} or {@link #UNDECIDED}
     */
    int end(byte[] text, int from, int to, boolean complete);

    /**
     * So many characters of a kind.
     *
     * @param least fewer are none
     * @param most more are no longer looked at; a longer run than an exact length is none
     */
    record Run(String beginning, int least, int most, boolean apart, IntPredicate kind) implements TokenShape {
        @Override
        public int end(byte[] text, int from, int to, boolean complete) {
            int end = from;
            while (end < to && end - from <= most && kind.test(text[end])) {
                end++;
            }
            if (end == to && !complete && end - from <= most) {
                return UNDECIDED;
            }
            boolean tooLong = least == most && end - from > most;
            return end - from < least || tooLong ? NONE : Math.min(end, from + most);
        }
    }

    /** A JSON web token (RFC 7519) with its three parts; two begin as every JSON object does in base64. */
    record WebToken() implements TokenShape {
        private static final int SHORTEST_PART = 10;
        private static final int LONGEST_PART = 4_096;

        @Override
        public String beginning() {
            return "eyJ";
        }

        @Override
        public boolean apart() {
            return true;
        }

        @Override
        public int end(byte[] text, int from, int to, boolean complete) {
            int end = from;
            for (String next : new String[] {".eyJ", ".", ""}) {
                end = new Run("", SHORTEST_PART, LONGEST_PART, false, TokenShape::isUrlSafe)
                        .end(text, end, to, complete);
                if (end < 0 || next.isEmpty()) {
                    return end;
                }
                int here = startsWith(text, end, to, next, complete);
                if (here < 0) {
                    return here;
                }
                end = here;
            }
            return end;
        }
    }

    /** A private key in PEM (RFC 7468), to its last line; without one, as far as lines of it go. */
    record PrivateKey() implements TokenShape {
        private static final int LONGEST_LABEL = 40;
        private static final byte[] LABEL = "PRIVATE KEY".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] END = "-----END ".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] DASHES = "-----".getBytes(StandardCharsets.US_ASCII);

        @Override
        public String beginning() {
            return "-----BEGIN ";
        }

        @Override
        public boolean apart() {
            return false;
        }

        @Override
        public int end(byte[] text, int from, int to, boolean complete) {
            int label = indexOf(text, from, Math.min(to, from + LONGEST_LABEL), LABEL);
            if (label < 0) {
                return to - from < LONGEST_LABEL && !complete && isLabel(text, from, to) ? UNDECIDED : NONE;
            }
            int limit = Math.min(to, from + LONGEST - LONGEST_LABEL);
            int end = indexOf(text, label, limit, END);
            if (end >= 0) {
                return endOfLine(text, end + END.length, to, complete);
            }
            return limit == to && !complete ? UNDECIDED : endOfLines(text, label + LABEL.length + DASHES.length, limit);
        }

        private static int endOfLine(byte[] text, int from, int to, boolean complete) {
            int dashes = indexOf(text, from, Math.min(to, from + LONGEST_LABEL), DASHES);
            if (dashes >= 0) {
                return dashes + DASHES.length;
            }
            return to - from < LONGEST_LABEL && !complete ? UNDECIDED : from;
        }

        /** Behind the last line that could be one of a key. */
        private static int endOfLines(byte[] text, int from, int limit) {
            int end = Math.min(from, limit);
            for (int i = end; i < limit && isOfAKey(text[i]); i++) {
                if (text[i] == '\n' || i + 1 == limit) {
                    end = i + 1;
                }
            }
            return end;
        }

        private static boolean isOfAKey(int c) {
            return isAlphanumeric(c) || "+/=-\r\n\\".indexOf(c) >= 0;
        }

        private static boolean isLabel(byte[] text, int from, int to) {
            for (int i = from; i < to; i++) {
                if (!isUpperCaseOrDigit(text[i]) && text[i] != ' ') {
                    return false;
                }
            }
            return true;
        }
    }

    private static int startsWith(byte[] text, int at, int to, String wanted, boolean complete) {
        for (int i = 0; i < wanted.length(); i++) {
            if (at + i >= to) {
                return complete ? NONE : UNDECIDED;
            }
            if (text[at + i] != wanted.charAt(i)) {
                return NONE;
            }
        }
        return at + wanted.length();
    }

    private static int indexOf(byte[] text, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return NONE;
    }

    static boolean isUpperCaseOrDigit(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static boolean isAlphanumeric(int c) {
        return isUpperCaseOrDigit(c) || (c >= 'a' && c <= 'z');
    }

    static boolean isWord(int c) {
        return isAlphanumeric(c) || c == '_';
    }

    static boolean isUrlSafe(int c) {
        return isWord(c) || c == '-';
    }
}
