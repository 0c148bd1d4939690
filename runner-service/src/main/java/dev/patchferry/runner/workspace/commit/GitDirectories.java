package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.workspace.fs.PathText;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which git directory a path is in: one that is called {@code .git}, or a folder of any name that git takes for a
 * repository, since it has {@code HEAD}, {@code objects} and {@code refs} (or points to where those are, by {@code
 * commondir}). What counts is what was there before or comes with the change: a repository that a patch takes to pieces is
 * one until it ends.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout(5)</a>
 */
final class GitDirectories {
    private static final String NAME = ".git";

    private final Path before;
    private final Set<String> made = new HashSet<>();
    private final Map<String, Kind> known = new HashMap<>();

    /**
     * Of a workspace.
     *
     * @param before its root, as it is without the change
     * @param files what the change does
     */
    GitDirectories(Path before, Collection<ChangedFile> files) {
        this.before = before;
        for (ChangedFile file : files) {
            if (!file.change().equals("deleted")) {
                String path = file.path().toLowerCase(Locale.ROOT);
                for (int end = path.length(); end > 0 && made.add(path.substring(0, end)); ) {
                    end = path.lastIndexOf('/', end - 1);
                }
            }
        }
    }

    private enum Kind {
        NONE,
        /** There was one before. */
        OLD,
        /** The change makes one. */
        NEW
    }

    /**
     * A place in a git directory.
     *
     * @param directory the git directory, relative to the workspace
     * @param names the path within it; none if it is the directory itself
     * @param isMade whether there was no repository before
     */
    record Inside(String directory, List<String> names, boolean isMade) {
        String name() {
            return String.join("/", names);
        }

        /** Whether it is one by its name, as the owner's are, and not by what is in it. */
        boolean isByName() {
            return directory.substring(directory.lastIndexOf('/') + 1).equalsIgnoreCase(NAME);
        }

        /** Whether the place is in one more git directory by its name. */
        boolean isInAnother() {
            return names.stream().anyMatch(name -> name.equalsIgnoreCase(NAME));
        }
    }

    /** Where a path is within a git directory; empty if it is in none. */
    Optional<Inside> find(String path) {
        List<String> segments = List.of(path.split("/"));
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).equalsIgnoreCase(NAME)) {
                return Optional.of(inside(segments, i + 1, false));
            }
        }
        Optional<Inside> found = Optional.empty();
        for (int depth = 0; depth < segments.size(); depth++) {
            Kind kind = known.computeIfAbsent(String.join("/", segments.subList(0, depth)), this::kind);
            if (kind == Kind.NEW || (kind == Kind.OLD && found.isEmpty())) {
                found = Optional.of(inside(segments, depth, kind == Kind.NEW));
            }
        }
        return found;
    }

    private static Inside inside(List<String> segments, int depth, boolean isMade) {
        return new Inside(
                String.join("/", segments.subList(0, depth)), segments.subList(depth, segments.size()), isMade);
    }

    private Kind kind(String folder) {
        if (isRepository(folder, /* withMade= */ false)) {
            return Kind.OLD;
        }
        return isRepository(folder, /* withMade= */ true) ? Kind.NEW : Kind.NONE;
    }

    private boolean isRepository(String folder, boolean withMade) {
        return has(folder, "HEAD", withMade)
                && ((has(folder, "objects", withMade) && has(folder, "refs", withMade))
                        || has(folder, "commondir", withMade));
    }

    private boolean has(String folder, String name, boolean withMade) {
        String path = folder.isEmpty() ? name : folder + "/" + name;
        return Files.exists(before.resolve(PathText.path(path)), LinkOption.NOFOLLOW_LINKS)
                || (withMade && made.contains(path.toLowerCase(Locale.ROOT)));
    }
}
