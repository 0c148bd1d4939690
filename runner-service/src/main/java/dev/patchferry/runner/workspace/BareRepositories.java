package dev.patchferry.runner.workspace;

import dev.patchferry.contract.Receipt.ChangedFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Folders of any name that git takes for a repository, since they have {@code HEAD}, {@code objects} and {@code refs}
 * (or point to where those are, by {@code commondir}). Whoever runs git in one, or below it, runs what its settings say.
 *
 * <p>A patch neither makes one nor changes what {@link ProtectedPaths} guards in one. What counts is what either layer
 * has: a repository that a patch takes to pieces is one until it ends.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout(5)</a>
 */
final class BareRepositories {
    private static final Set<String> PARTS = Set.of("head", "objects", "refs", "commondir");

    private final Path lower;
    private final Path upper;
    private final Map<String, Kind> known = new HashMap<>();

    BareRepositories(Path lower, Path upper) {
        this.lower = lower;
        this.upper = upper;
    }

    private enum Kind {
        NONE,
        /** There was one before. */
        OLD,
        /** The patch makes one. */
        NEW
    }

    /** The first path of a change set that may not change, or by which a repository comes about. */
    Optional<String> firstTouched(ChangeSet changes) {
        return changes.files().stream()
                .map(ChangedFile::path)
                .filter(this::isForbidden)
                .findFirst();
    }

    private boolean isForbidden(String path) {
        List<String> segments = List.of(path.split("/"));
        for (int depth = 0; depth < segments.size(); depth++) {
            List<String> inside = segments.subList(depth, segments.size());
            boolean isPart = PARTS.contains(inside.getFirst().toLowerCase(Locale.ROOT));
            boolean isGuarded = ProtectedPaths.decides(inside);
            if (!isPart && !isGuarded) {
                continue;
            }
            Kind kind = known.computeIfAbsent(String.join("/", segments.subList(0, depth)), this::kind);
            if (kind == Kind.NEW || (kind == Kind.OLD && isGuarded)) {
                return true;
            }
        }
        return false;
    }

    private Kind kind(String folder) {
        Path before = lower.resolve(folder);
        Path change = upper.resolve(folder);
        if (isRepository(before, before)) {
            return Kind.OLD;
        }
        return isRepository(before, change) ? Kind.NEW : Kind.NONE;
    }

    private static boolean isRepository(Path one, Path other) {
        return has("HEAD", one, other)
                && ((has("objects", one, other) && has("refs", one, other)) || has("commondir", one, other));
    }

    private static boolean has(String name, Path one, Path other) {
        return Files.exists(one.resolve(name), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(other.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }
}
