package dev.patchferry.runner.plan;

import java.util.List;

/**
 * Lines to replace, where a line of dots may stand for lines left out.
 *
 * @param whole the hunk if the dots are text
 * @param pieces the hunks between the dots, in the order in which they stand in the file
 */
public record ElidedHunk(LineHunk whole, List<LineHunk> pieces) implements Hunk {
    public ElidedHunk {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("something must be said beside the dots");
        }
    }

    @Override
    public String excerpt() {
        return whole.excerpt();
    }
}
