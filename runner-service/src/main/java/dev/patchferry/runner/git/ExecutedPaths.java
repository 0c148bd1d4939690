package dev.patchferry.runner.git;

import java.util.Map;
import java.util.Set;

/**
 * Paths of a workspace, relative to it, that the owner's git runs or includes because its configuration names them.
 *
 * @param roots files, and folders with everything in them; they need not exist
 * @param stored what a repository keeps, with its git directory: git runs none of it because a remote names the repository
 */
public record ExecutedPaths(Set<String> roots, Map<String, String> stored) {
    public static final ExecutedPaths NONE = new ExecutedPaths(Set.of());

    public ExecutedPaths {
        roots = Set.copyOf(roots);
        stored = Map.copyOf(stored);
    }

    /** Paths, all of which count. */
    ExecutedPaths(Set<String> roots) {
        this(roots, Map.of());
    }

    /**
     * The same without files that are named only with all of their repository, which is guarded itself.
     *
     * @param files objects, refs and heads, each with its git directory
     */
    public ExecutedPaths without(Map<String, String> files) {
        return new ExecutedPaths(roots, files);
    }

    /**
     * Whether a change of this path may change what git runs.
     *
     * @param isLink whether it now leads elsewhere, so that what lies below it is not seen here
     */
    public boolean include(String path, boolean isLink) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String repository = stored.getOrDefault(path, "") + "/";
        return roots.stream()
                .filter(root -> !repository.startsWith(root + "/"))
                .anyMatch(root ->
                        plain.equals(root) || plain.startsWith(root + "/") || (isLink && root.startsWith(plain + "/")));
    }
}
