package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Replacement;
import java.util.Optional;

/** Why a text was not found, for the sender: what is there instead, and what may have become of the text on its way. */
record MissingText(Replacement asked, LineEnding ending, String text) {

    String inWords() {
        return "`" + NearestLines.cut(asked.pattern()) + "` was not found, " + how() + cause().orElseGet(this::nearest)
                + anchors() + " Send the text exactly as it stands in the file.";
    }

    private String how() {
        Optional<String> fault = Search.fault(asked);
        if (fault.isPresent()) {
            return "and as a regular expression it does not compile (" + fault.get() + "). ";
        }
        return switch (asked.reading()) {
            case TEXT -> "as plain text. ";
            case TEXT_OR_EXPRESSION -> "neither as a regular expression nor as plain text. ";
            case EXPRESSION -> "as a regular expression. ";
        };
    }

    /** What happened to the text between the file and here. */
    private Optional<String> cause() {
        String sent = asked.pattern();
        if (isIn(sent.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\""))) {
            return Optional.of(
                    "It is escaped twice: in the file its \\n, \\t or \\\" are line breaks, tabs or quotes.");
        }
        String unescaped = sent.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
        return isIn(unescaped)
                ? Optional.of("It is escaped for HTML: in the file &lt;, &gt;, &amp; are the characters themselves.")
                : Optional.empty();
    }

    private boolean isIn(String other) {
        return !other.equals(asked.pattern()) && text.contains(LineEnding.toLineFeeds(other));
    }

    private String nearest() {
        return NearestLines.in(text, asked.pattern());
    }

    private String anchors() {
        boolean anchored = asked.regex()
                && (asked.pattern().startsWith("^") || asked.pattern().endsWith("$"));
        return anchored ? " ^ and $ are the ends of the file; begin the pattern with (?m) for those of a line." : "";
    }
}
