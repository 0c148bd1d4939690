package dev.patchferry.runner.format.text;

import java.util.regex.Pattern;

/** Tells the comments that senders write in place of code that they leave out. */
public final class Placeholders {
    private static final int LONGEST = 200;
    private static final String BEGINNINGS = "/#-;%*<{(\"'[.…";

    /** What a comment begins with, in the usual languages. */
    private static final String COMMENT = "\\s*(?://+|#+|--+|;+|%+|/\\*+|<!--|\\{/\\*|\\(\\*|\"\"\"|'''|\\*)\\s*";

    private static final String END = "\\s*(?:\\*+/\\}?|-->|\\*\\)|\"\"\"|''')?\\s*";
    private static final String DOTS = "(?:\\.{3,}|…|\\[\\.{3}])";
    private static final String REST =
            "(?:the )?(?:rest|remainder|remaining|existing|previous|unchanged|other|same|original)";
    private static final String CODE = "(?:code|contents?|implementation|methods?|functions?|file|lines?|imports?|logic"
            + "|class(?:es)?|body|parts?|document|script|module|component|fields?|properties|tests?|definitions?)";
    private static final String STAYS =
            "(?:unchanged|omitted|stays?|remains?|as before|goes here|here|continues?|the same|above"
                    + "|below|is|are)";

    private static final Pattern DOTS_FIRST = Pattern.compile("(?i)" + COMMENT + "[(\\[]?\\s*" + DOTS + "\\s*(?:(?:"
            + REST + "|keep|omitted|same|unchanged|no changes?)\\b.*"
            + "|.*\\b(?:unchanged|omitted|stays? the same|remains? the same|as before|goes here)\\b.*|[)\\]]?" + END
            + ")");
    private static final Pattern DOTS_LAST = Pattern.compile("(?i)" + COMMENT + "[(\\[]?\\s*" + REST
            + "(?: of)? (?:[\\w']+ ){0,3}" + CODE + "\\b[\\w ,']*" + DOTS + "[)\\]]?" + END);
    private static final Pattern IN_WORDS = Pattern.compile("(?i)" + COMMENT + "[(\\[]?\\s*" + REST
            + "(?: of)? (?:[\\w']+ ){0,3}" + CODE + "(?: " + STAYS + "\\b[\\w ]*)?\\.?[)\\]]?" + END);
    private static final Pattern IN_BRACKETS = Pattern.compile("(?i)\\s*[\\[(<{]\\s*" + DOTS + "?\\s*" + REST
            + "(?: of)? (?:[\\w']+ ){0,3}" + CODE + "\\b[^;=]{0,60}[])>}]\\s*");

    private static final Pattern ONLY_WORDS = Pattern.compile("(?i)" + COMMENT
            + "[(\\[]?\\s*(?:unchanged|no changes?(?: here)?"
            + "|(?:code |lines )?omitted(?: for brevity)?|same as (?:before|above)|rest unchanged)\\.*[)\\]]?" + END);

    private Placeholders() {}

    /** Whether a line stands for code that is not sent. */
    public static boolean isOne(String line) {
        String text = line.strip();
        return !text.isEmpty()
                && text.length() <= LONGEST
                && BEGINNINGS.indexOf(text.charAt(0)) >= 0
                && (DOTS_FIRST.matcher(text).matches()
                        || DOTS_LAST.matcher(text).matches()
                        || IN_WORDS.matcher(text).matches()
                        || IN_BRACKETS.matcher(text).matches()
                        || ONLY_WORDS.matcher(text).matches());
    }
}
