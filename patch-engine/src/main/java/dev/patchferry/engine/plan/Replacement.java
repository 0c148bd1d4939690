package dev.patchferry.engine.plan;

/**
 * One text to find and what to put in its place.
 *
 * @param pattern what to find; not empty
 * @param replacement what to put there; may be empty
 * @param reading what kind of text the pattern is
 * @param matches which of several places are meant
 * @param count for {@link Matches#NTH} which place, from 1; for {@link Matches#EXACTLY} how many there must be; else 0
 */
public record Replacement(String pattern, String replacement, Reading reading, Matches matches, int count)
        implements Hunk {
    /** What kind of text a pattern is. */
    public enum Reading {
        /** The text itself. */
        TEXT,
        /** The text itself where it stands in the file, else a regular expression. */
        TEXT_OR_EXPRESSION,
        /** A regular expression. */
        EXPRESSION
    }

    /** Which places a text is replaced in. */
    public enum Matches {
        FIRST,
        ALL,
        /** There must be one place alone. */
        ONLY,
        /** One of several, by its number. */
        NTH,
        /** All, if they are as many as the sender says. */
        EXACTLY
    }

    public Replacement {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("the empty text is everywhere; a replacement names what it replaces");
        }
        boolean counted = matches == Matches.NTH || matches == Matches.EXACTLY;
        if (counted != count > 0) {
            throw new IllegalArgumentException(matches + " and a count of " + count);
        }
    }

    /** @param regex whether the pattern may be a regular expression, where it does not stand in the file as it is */
    public Replacement(String pattern, String replacement, boolean regex, Matches matches) {
        this(pattern, replacement, regex ? Reading.TEXT_OR_EXPRESSION : Reading.TEXT, matches, 0);
    }

    public boolean all() {
        return matches == Matches.ALL || matches == Matches.EXACTLY;
    }

    /** Whether the pattern may be a regular expression. */
    public boolean regex() {
        return reading != Reading.TEXT;
    }

    @Override
    public String excerpt() {
        return "replace `" + Excerpt.of(pattern) + "`";
    }
}
