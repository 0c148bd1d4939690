package dev.patchferry.webhook.mcp;

/** Shortens texts for answers. */
final class Cut {
    private static final String MORE = "…";

    private Cut() {}

    /** The beginning, with a mark if it is not all. */
    static String start(String text, int max) {
        return text.length() <= max ? text : text.substring(0, before(text, max - 1)) + MORE;
    }

    /** How many characters from the front cost at most so much in an answer, in which the text stands twice. */
    static int fitting(String text, int max) {
        int cost = 0;
        for (int at = 0; at < text.length(); at++) {
            cost += cost(text.charAt(at));
            if (cost > max) {
                return before(text, at);
            }
        }
        return text.length();
    }

    /** As JSON, and once more as JSON in a string of JSON. */
    private static int cost(char c) {
        return switch (c) {
            case '\n', '\t', '\r' -> 5;
            case '"', '\\' -> 6;
            default -> c < ' ' ? 13 : 2;
        };
    }

    /** A place to cut: never between the halves of a character. */
    static int before(String text, int at) {
        return at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }
}
