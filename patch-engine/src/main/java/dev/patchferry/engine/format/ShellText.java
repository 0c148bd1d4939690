package dev.patchferry.engine.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the lines of a command that the shell reads as commands from those that are here-documents or within quotes. */
final class ShellText {
    private static final Pattern HERE = Pattern.compile("(?<!<)<<(-?)\\s*(['\"\\\\]?)(\\w+)['\"]?");

    private final List<String> found = new ArrayList<>();
    private char quote;
    private String hereEnd = "";
    private boolean heredocKeepsTabs = true;

    private ShellText() {}

    /** The lines, those that are no commands empty. Quotes that do not pair up are apostrophes. */
    static List<String> ofCommand(String text) {
        ShellText quoted = new ShellText();
        text.lines().forEach(line -> quoted.read(line, true));
        if (quoted.quote == 0) {
            return quoted.found;
        }
        ShellText plain = new ShellText();
        text.lines().forEach(line -> plain.read(line, false));
        return plain.found;
    }

    private void read(String line, boolean quotes) {
        if (!hereEnd.isEmpty()) {
            String bare = heredocKeepsTabs ? line : line.replaceFirst("^\\t+", "");
            hereEnd = bare.equals(hereEnd) ? "" : hereEnd;
            found.add("");
            return;
        }
        found.add(quote == 0 ? line : "");
        boolean begunInQuotes = quote != 0;
        if (quotes) {
            readQuotes(line);
        }
        Matcher here = HERE.matcher(line);
        if (!begunInQuotes && here.find()) {
            hereEnd = here.group(3);
            heredocKeepsTabs = here.group(1).isEmpty();
            quote = 0;
        }
    }

    private void readQuotes(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean inWord = i > 0 && Character.isLetterOrDigit(line.charAt(i - 1));
            if (quote != 0) {
                i += quote == '"' && c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '\\') {
                i++;
            } else if (c == '#' && !inWord && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return;
            } else if (c == '"' || (c == '\'' && !inWord)) {
                quote = c;
            }
        }
    }
}
