package dev.patchferry.runner.git;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file in git's index.
 *
 * @param mode in octal, as {@code 100644}
 * @param id of its content, in hex
 * @param stage 0, or a side of a merge that is not resolved
 */
record IndexEntry(String path, String mode, String id, int stage) {
    /** A folder that is not checked out, whole, in a sparse index. */
    private static final String FOLDER = "40000";

    private static final Set<String> LEAD_AWAY = Set.of(".git", "..", ".", "");

    /** Whether checking it out would write into a git directory or outside the worktree; git itself makes none like that. */
    boolean leadsAway() {
        boolean isFolder = mode.equals(FOLDER) && path.endsWith("/");
        String name = isFolder ? path.substring(0, path.length() - 1) : path;
        return Stream.of(name.split("/", -1)).anyMatch(part -> LEAD_AWAY.contains(part.toLowerCase(Locale.ROOT)));
    }

    String key() {
        return path + '\0' + stage;
    }

    String words() {
        return mode + " " + id + (stage == 0 ? "" : " stage " + stage);
    }
}
