package dev.patchferry.runner.workspace;

import java.util.List;
import java.util.Optional;

/**
 * A commit that took effect, or its reversal.
 *
 * @param lost why it cannot be taken back later, if it cannot
 * @param unchecked the paths of which is not known whether a program had them open for writing
 */
public record Committed(Optional<String> lost, List<String> unchecked) {
    static final Committed WHOLE = new Committed(Optional.empty(), List.of());

    public Committed {
        unchecked = List.copyOf(unchecked);
    }

    /** The same that cannot be taken back. */
    Committed lost(String why) {
        return new Committed(Optional.of(why), unchecked);
    }
}
