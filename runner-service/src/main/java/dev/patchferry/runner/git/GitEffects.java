package dev.patchferry.runner.git;

import java.util.List;
import java.util.Set;

/**
 * What a patch did by way of git.
 *
 * @param history whether it changed objects, refs or entries of an index: what those hold is not looked into, and so may
 *     be anything
 * @param executed what the owner's git runs or includes
 * @param indexed the paths whose entries in an index changed, relative to the workspace
 * @param lines the changed refs and index entries, one line each, for people
 */
public record GitEffects(boolean history, ExecutedPaths executed, Set<String> indexed, List<String> lines) {
    public static final GitEffects NONE = new GitEffects(false, ExecutedPaths.NONE, Set.of(), List.of());

    public GitEffects {
        indexed = Set.copyOf(indexed);
        lines = List.copyOf(lines);
    }

    /** The lines as they stand above a diff; programs that apply diffs skip them. */
    public String asPreamble() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
