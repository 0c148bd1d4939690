package dev.patchferry.runner.plan;

/**
 * One text to find and what to put in its place.
 *
 * @param pattern what to find; not empty
 * @param replacement what to put there; may be empty
 * @param regex whether the pattern may be read as a regular expression; one that does not compile is literal text
 * @param all whether every match is replaced, not only the first
 */
public record Replacement(String pattern, String replacement, boolean regex, boolean all) {
    public Replacement {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("the empty text is everywhere; a replacement names what it replaces");
        }
    }
}
