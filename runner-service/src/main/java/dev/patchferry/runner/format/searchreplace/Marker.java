package dev.patchferry.runner.format.searchreplace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line above or below a block: {@code <<<<<<< SEARCH} and {@code >>>>>>> REPLACE}, which some senders write as
 * {@code ------- SEARCH} and {@code +++++++ REPLACE}. The two of one block are of one manner and length.
 */
record Marker(Manner manner, int length) {
    /** What the markers are made of. */
    enum Manner {
        ANGLES(Pattern.compile("(<{5,9})\\s*SEARCH>?\\s*"), Pattern.compile("(>{5,9})\\s*REPLACE\\s*")),
        SIGNS(Pattern.compile("(-{5,9}) SEARCH\\s*"), Pattern.compile("(\\+{5,9}) REPLACE\\s*"));

        private final Pattern opening;
        private final Pattern closing;

        Manner(Pattern opening, Pattern closing) {
            this.opening = opening;
            this.closing = closing;
        }
    }

    private static final Pattern DIVIDER = Pattern.compile("(={5,9})\\s*");

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
        Matcher divider = DIVIDER.matcher(line);
        return divider.matches() ? divider.group(1).length() : 0;
    }

    private static Optional<Marker> read(Manner manner, Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches()
                ? Optional.of(new Marker(manner, matcher.group(1).length()))
                : Optional.empty();
    }
}
