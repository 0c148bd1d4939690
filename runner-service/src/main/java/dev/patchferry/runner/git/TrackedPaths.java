package dev.patchferry.runner.git;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which files a repository's index has. */
public final class TrackedPaths {
    /** Of a folder that is no repository. */
    public static final TrackedPaths NONE = new TrackedPaths(Set.of());

    private final Set<String> paths;

    private TrackedPaths(Set<String> paths) {
        this.paths = paths;
    }

    /** What an index lists; nothing if its bytes cannot be understood. Of a split index only what is in the file itself. */
    public static TrackedPaths of(byte[] index) {
        Optional<List<IndexEntry>> entries =
                IndexParser.parse(index, IndexParser.SHA_1).or(() -> IndexParser.parse(index, IndexParser.SHA_256));
        Set<String> paths = new HashSet<>();
        entries.ifPresent(all -> all.forEach(entry -> paths.add(entry.path())));
        return new TrackedPaths(Set.copyOf(paths));
    }

    /** Whether git tracks a file; as git, by its path relative to the worktree. */
    public boolean has(String path) {
        return paths.contains(path);
    }
}
