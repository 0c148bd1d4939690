package dev.patchferry.engine.plan;

/**
 * Lines to find in a file, of which those at the end may be no part of it: a diff's counts leave them out.
 *
 * @param whole with them
 * @param counted without them, for when the whole does not stand in the file
 */
public record EitherHunk(LineHunk whole, LineHunk counted) implements Hunk {
    @Override
    public String excerpt() {
        return whole.excerpt();
    }
}
