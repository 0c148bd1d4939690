package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.FileStat;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands at the paths that a commit touches: kind, permissions and content, but no times, since a file that was
 * only written again as it was is still the same. Whole folders come and go with everything in them; of a folder that
 * stays only its permissions count.
 */
record TreeSnapshot(SortedMap<String, Item> items) {
    static final TreeSnapshot UNKNOWN = new TreeSnapshot(new TreeMap<>());

    TreeSnapshot {
        items = new TreeMap<>(items);
    }

    /**
     * One path.
     *
     * @param content SHA-256 of a file, target of a link, empty for anything else; absent where it cannot be read
     */
    record Item(FileStat.Type type, int mode, Optional<String> content) {
        static final Item NOTHING = new Item(FileStat.Type.ABSENT, 0, Optional.of(""));

        boolean isSameAs(Item other) {
            return type == other.type && mode == other.mode && hasContentOf(other);
        }

        boolean hasContentOf(Item other) {
            return type == other.type
                    && (content.isEmpty() || other.content.isEmpty() || content.equals(other.content));
        }

        private boolean isClosedFolder() {
            return type == FileStat.Type.DIRECTORY && content.isEmpty();
        }
    }

    /**
     * What the new files will be once they are in place.
     *
     * @param hashes what is known of their content already
     */
    static TreeSnapshot after(Staging staging, List<Change> changes, Map<String, String> hashes) throws IOException {
        Survey survey = new Survey(hashes, true);
        try (StagedFiles staged = staging.open()) {
            for (Change change : changes) {
                switch (change) {
                    case Change.Create(String path) -> tree(survey, path, staged.fresh(change));
                    case Change.Replace(String path, long _) -> tree(survey, path, staged.fresh(change));
                    case Change.Remove(String path) -> survey.nothing(path);
                    case Change.SetMode(String path, int mode, int _) -> survey.mode(path, mode);
                }
            }
        }
        return survey.inventory();
    }

    /** What the old files will be once they are back in place. */
    static TreeSnapshot before(Staging staging, List<Change> changes) throws IOException {
        Survey survey = new Survey(Map.of(), true);
        try (StagedFiles staged = staging.open()) {
            for (int i = changes.size() - 1; i >= 0; i--) {
                Change change = changes.get(i);
                switch (change) {
                    case Change.Create(String path) -> survey.nothing(path);
                    case Change.Replace(String path, long _) -> tree(survey, path, staged.fresh(change));
                    case Change.Remove(String path) -> tree(survey, path, staged.removed(i));
                    case Change.SetMode(String path, int _, int before) -> survey.mode(path, before);
                }
            }
        }
        return survey.inventory();
    }

    private static void tree(Survey survey, String path, EntryLocation place) throws IOException {
        try (place) {
            survey.tree(path, place);
        }
    }

    /** What stands at these paths in the workspace now. */
    static TreeSnapshot now(DirectoryHandle workspace, List<Change> changes) throws IOException {
        Set<String> whole = new HashSet<>();
        changes.stream()
                .filter(change -> !(change instanceof Change.SetMode))
                .map(Change::path)
                .forEach(whole::add);
        Survey survey = new Survey(Map.of(), false);
        for (Change change : changes) {
            try (EntryLocation place = EntryLocation.of(workspace, change.path())) {
                if (whole.contains(change.path())) {
                    survey.tree(change.path(), place);
                } else {
                    survey.folder(change.path(), place);
                }
            } catch (FileSystemException e) {
                survey.nothing(change.path());
            }
        }
        return survey.inventory();
    }

    /** The paths, in order, at which something else stands now. */
    List<String> differences(TreeSnapshot now) {
        Set<String> paths = new HashSet<>(items.keySet());
        paths.addAll(now.items.keySet());
        return paths.stream()
                .filter(path -> !at(path).isSameAs(now.at(path)))
                .filter(path -> !isHidden(path) && !now.isHidden(path))
                .sorted()
                .toList();
    }

    /** Whether what stands here is what this inventory has under a path, folders' permissions aside. */
    boolean describes(String path, EntryLocation place) throws IOException {
        Survey survey = new Survey(Map.of(), false);
        survey.tree(path, place);
        TreeSnapshot there = survey.inventory();
        SortedMap<String, Item> part = new TreeMap<>(items.subMap(path + "/", path + "0"));
        part.put(path, at(path));
        return new TreeSnapshot(part).differences(there).stream().allMatch(difference -> {
            Item expected = at(difference);
            return expected.type() == FileStat.Type.DIRECTORY && expected.hasContentOf(there.at(difference));
        });
    }

    private Item at(String path) {
        return items.getOrDefault(path, Item.NOTHING);
    }

    /** Whether it lies in a folder that could not be looked into. */
    private boolean isHidden(String path) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (at(path.substring(0, slash)).isClosedFolder()) {
                return true;
            }
        }
        return false;
    }
}
