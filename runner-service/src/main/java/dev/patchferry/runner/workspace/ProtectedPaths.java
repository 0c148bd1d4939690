package dev.patchferry.runner.workspace;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a git directory that decide what the owner's next {@code git} command runs. Objects, refs and the index
 * are ordinary files; these are not, and a patch that changes one fails whole.
 */
final class ProtectedPaths {
    private static final Set<String> DATA = Set.of("objects", "refs", "logs");
    private static final Set<String> POINTERS = Set.of("hooks", "commondir", "gitdir");

    private ProtectedPaths() {}

    /** The first path of a change set that may not change. */
    static Optional<String> firstTouched(ChangeSet changes) {
        return changes.files().stream()
                .map(dev.patchferry.contract.Receipt.ChangedFile::path)
                .filter(ProtectedPaths::isProtected)
                .findFirst()
                .or(() -> changes.changes().stream()
                        .filter(change -> !(change instanceof Change.SetMode))
                        .map(Change::path)
                        .filter(ProtectedPaths::isGitDirectory)
                        .findFirst());
    }

    private static boolean isGitDirectory(String path) {
        return path.toLowerCase(Locale.ROOT).equals(".git")
                || path.toLowerCase(Locale.ROOT).endsWith("/.git");
    }

    private static boolean isProtected(String path) {
        List<String> segments = List.of(path.split("/"));
        int git = segments.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList()
                .indexOf(".git");
        if (git < 0) {
            return false;
        }
        List<String> inside = segments.subList(git + 1, segments.size());
        return inside.isEmpty() || decides(inside);
    }

    /**
     * Whether a path within a git directory decides what git runs.
     *
     * @param path its names, at least one
     */
    static boolean decides(List<String> path) {
        List<String> inside =
                path.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (DATA.contains(inside.getFirst())) {
            return false;
        }
        return inside.stream().anyMatch(name -> POINTERS.contains(name) || name.startsWith("config"))
                || (inside.size() >= 2
                        && inside.getLast().equals("attributes")
                        && inside.get(inside.size() - 2).equals("info"));
    }
}
