package dev.patchferry.engine.plan;

import java.util.List;

/**
 * Lines to replace, where a line of dots may stand for lines left out.
 *
 * @param whole the hunk if the dots are text
 * @param pieces the lines between the dots, in the order in which they stand in the file; each has old ones
 */
public record ElidedHunk(LineHunk whole, List<List<HunkLine>> pieces) implements Hunk {
    public ElidedHunk {
        pieces = pieces.stream().map(List::copyOf).toList();
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("something must be said beside the dots");
        }
    }

    @Override
    public String excerpt() {
        return whole.excerpt();
    }
}
