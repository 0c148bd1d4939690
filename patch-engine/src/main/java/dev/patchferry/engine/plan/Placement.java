package dev.patchferry.engine.plan;

import java.util.Optional;

/**
 * Whole lines that go to a place of a file, or take other lines' place.
 *
 * @param spot where
 * @param text the lines; empty to delete those that are there
 */
public record Placement(Spot spot, String text) implements Hunk {
    /** A place in a file. */
    public sealed interface Spot {
        /** What the place is called in a sentence. */
        String inWords();
    }

    /**
     * Lines that are replaced.
     *
     * @param first from 1
     * @param last not before the first
     * @param old what they must hold, unless the file as a whole is known
     */
    public record Lines(int first, int last, Optional<String> old) implements Spot {
        public Lines {
            if (first < 1 || last < first) {
                throw new IllegalArgumentException("no lines " + first + " to " + last);
            }
        }

        @Override
        public String inWords() {
            return first == last ? "line " + first : "lines " + first + " to " + last;
        }
    }

    /** Behind a line of the file, from 1. */
    public record BehindLine(int line) implements Spot {
        @Override
        public String inWords() {
            return "behind line " + line;
        }
    }

    /** The beginning or the end of the file. */
    public record Edge(boolean end) implements Spot {
        @Override
        public String inWords() {
            return end ? "at the end" : "at the beginning";
        }
    }

    /**
     * Beside lines that stand in one place alone.
     *
     * @param lines whole lines of the file
     * @param behind whether the text goes below them
     */
    public record Beside(String lines, boolean behind) implements Spot {
        @Override
        public String inWords() {
            return (behind ? "below `" : "above `") + Excerpt.of(lines) + "`";
        }
    }

    @Override
    public String excerpt() {
        return (spot instanceof Lines ? "replace " : "insert ") + spot.inWords();
    }
}
