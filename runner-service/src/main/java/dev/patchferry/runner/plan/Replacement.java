package dev.patchferry.runner.plan;

/**
 * One text to find and what to put in its place.
 *
 * @param pattern what to find; not empty
 * @param replacement what to put there; may be empty
 * @param regex whether the pattern may be read as a regular expression; one that does not compile is literal text
 * @param matches which of several places are meant
 */
public record Replacement(String pattern, String replacement, boolean regex, Matches matches) implements Hunk {
    /** Which places a text is replaced in. */
    public enum Matches {
        FIRST,
        ALL,
        /** There must be one place alone. */
        ONLY
    }

    public Replacement {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("the empty text is everywhere; a replacement names what it replaces");
        }
    }

    public boolean all() {
        return matches == Matches.ALL;
    }

    @Override
    public String excerpt() {
        return "replace `" + Excerpt.of(pattern) + "`";
    }
}
