package dev.patchferry.engine.edit;

/** How the lines of a text end. A carriage return without a line feed is an ordinary character. */
enum LineEnding {
    /** No line feed at all: nothing to keep to. */
    NONE,
    LF,
    CRLF,
    MIXED;

    static LineEnding of(String text) {
        boolean bare = false;
        boolean paired = false;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            boolean afterReturn = at > 0 && text.charAt(at - 1) == '\r';
            paired |= afterReturn;
            bare |= !afterReturn;
        }
        if (paired) {
            return bare ? MIXED : CRLF;
        }
        return bare ? LF : NONE;
    }

    /** The text with every line ending this way, where this is one way. */
    String imposeOn(String text) {
        return switch (this) {
            case NONE, MIXED -> text;
            case LF -> toLineFeeds(text);
            case CRLF -> toLineFeeds(text).replace("\n", "\r\n");
        };
    }

    /** Whether the file is matched as if all its lines ended in a line feed, and so patterns are, too. */
    boolean unifiesViews() {
        return this == LF || this == CRLF;
    }

    static String toLineFeeds(String text) {
        return text.replace("\r\n", "\n");
    }
}
