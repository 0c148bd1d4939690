package dev.patchferry.runner.git;

import java.util.Set;

/**
 * Paths of a workspace, relative to it, that the owner's git runs or includes because its configuration names them.
 *
 * @param roots files, and folders with everything in them; they need not exist
 */
public record ExecutedPaths(Set<String> roots) {
    public static final ExecutedPaths NONE = new ExecutedPaths(Set.of());

    public ExecutedPaths {
        roots = Set.copyOf(roots);
    }

    /**
     * Whether a change of this path may change what git runs.
     *
     * @param isLink whether it now leads elsewhere, so that what lies below it is not seen here
     */
    public boolean include(String path, boolean isLink) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return roots.stream()
                .anyMatch(root ->
                        plain.equals(root) || plain.startsWith(root + "/") || (isLink && root.startsWith(plain + "/")));
    }
}
