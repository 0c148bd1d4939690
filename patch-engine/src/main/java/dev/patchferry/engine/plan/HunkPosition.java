package dev.patchferry.engine.plan;

import java.util.List;
import java.util.OptionalInt;

/** What a patch says about the place of a hunk, beside the lines themselves. */
public sealed interface HunkPosition {
    /**
     * The header of a hunk in a unified diff. Hunks come in the order of the file.
     *
     * @param line the first old line, from 1, as the file was before any hunk; 0 before the first; empty if not said
     * @param countsHold whether the header's counts are those of the lines, so that its context can be taken as whole
     * @param heading the line that git repeats behind the numbers; may be empty
     */
    record Stated(OptionalInt line, boolean countsHold, String heading) implements HunkPosition {}

    /**
     * The lines above a hunk in an apply_patch text. Hunks come in the order of the file.
     *
     * @param anchors lines that stand somewhere above the hunk, the outermost first
     * @param atEnd whether the hunk ends where the file ends
     */
    record Anchored(List<String> anchors, boolean atEnd) implements HunkPosition {
        public Anchored {
            anchors = List.copyOf(anchors);
        }
    }

    /**
     * The lines must be found in one place alone. Each hunk is about what the one before it left.
     *
     * @param line the first old line, from 1, as the file was before any hunk, which tells several places apart; usually
     *     nobody says it
     */
    record Anywhere(OptionalInt line) implements HunkPosition {
        public Anywhere() {
            this(OptionalInt.empty());
        }
    }
}
