package dev.patchferry.engine.format.searchreplace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line above or below a block: {@code <<<<<<< SEARCH} and {@code >>>>>>> REPLACE}, which some senders write as
 * {@code ------- SEARCH} and {@code +++++++ REPLACE}, or with the words {@code ORIGINAL} and {@code UPDATED}. The two of
 * one block are of one manner and length.
 */
record Marker(Manner manner, int length) {
    /** What the markers are made of. */
    enum Manner {
        ANGLES(
                Pattern.compile("(<{3,})\\s*(?i:SEARCH|ORIGINAL)[>:]*\\s*"),
                Pattern.compile("(>{3,})\\s*(?i:REPLACE|UPDATED)[>:]*\\s*")),
        SIGNS(Pattern.compile("(-{3,}) (?i:SEARCH)[>:]*\\s*"), Pattern.compile("(\\+{3,}) (?i:REPLACE)[>:]*\\s*"));

        private final Pattern opening;
        private final Pattern closing;

        Manner(Pattern opening, Pattern closing) {
            this.opening = opening;
            this.closing = closing;
        }
    }

    private static final Pattern DIVIDER = Pattern.compile("(={3,})\\s*");
    /** A line of the text that would be a marker but for the backslash that its sender put in front. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\(?:<{5,}|={5,}|>{5,}|-{5,}|\\+{5,}|:start_line:).*");

    static Optional<Marker> opening(String line) {
        return switch (first(line)) {
            case '<' -> read(Manner.ANGLES, Manner.ANGLES.opening, line);
            case '-' -> read(Manner.SIGNS, Manner.SIGNS.opening, line);
            default -> Optional.empty();
        };
    }

    static Optional<Marker> closing(String line) {
        return switch (first(line)) {
            case '>' -> read(Manner.ANGLES, Manner.ANGLES.closing, line);
            case '+' -> read(Manner.SIGNS, Manner.SIGNS.closing, line);
            default -> Optional.empty();
        };
    }

    private static char first(String line) {
        return line.isEmpty() ? ' ' : line.charAt(0);
    }

    /** How many signs a line between the two halves of a block has; 0 if the line is none. */
    static int dividerLength(String line) {
        Matcher divider = first(line) == '=' ? DIVIDER.matcher(line) : null;
        return divider != null && divider.matches() ? divider.group(1).length() : 0;
    }

    /** A line of text without the backslash that keeps it from being a marker. */
    static String unescaped(String line) {
        return first(line) == '\\' && ESCAPED.matcher(line).matches() ? line.substring(1) : line;
    }

    private static Optional<Marker> read(Manner manner, Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches()
                ? Optional.of(new Marker(manner, matcher.group(1).length()))
                : Optional.empty();
    }
}
