package dev.patchferry.engine.edit;

import java.util.function.Supplier;

/** Tells why a text is not found that was escaped on its way: for HTML, or once too often for JSON. */
final class EscapedText {
    private EscapedText() {}

    /** The cause, as a sentence with a space behind it; empty if the text as it was meant is not there either. */
    static String cause(String wanted, Supplier<String> file) {
        String html = wanted.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
        if (!html.equals(wanted) && file.get().contains(html.strip())) {
            return "It holds HTML escapes such as &lt;, and the file has the characters themselves. ";
        }
        String json = wanted.replace("\\\"", "\"").replace("\\t", "\t").replace("\\\\", "\\");
        return !json.equals(wanted) && file.get().contains(json.strip())
                ? "It was escaped twice: the file has it without the backslashes. "
                : "";
    }
}
