package dev.patchferry.runner.workspace.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A commit that took effect, or its reversal.
 *
 * @param lost why it cannot be taken back later, if it cannot
 * @param unchecked the paths of which is not known whether a program had them open for writing
 * @param refreshed the indexes of git that were brought up to date, with their SHA-256 since
 */
public record Committed(Optional<String> lost, List<String> unchecked, Map<String, String> refreshed) {
    public static final Committed WHOLE = new Committed(Optional.empty(), List.of(), Map.of());

    public Committed {
        unchecked = List.copyOf(unchecked);
        refreshed = Map.copyOf(refreshed);
    }

    /** The same that cannot be taken back. */
    public Committed lost(String why) {
        return new Committed(Optional.of(why), unchecked, refreshed);
    }
}
