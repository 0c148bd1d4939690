package dev.patchferry.runner.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a patch did to the entries of one index. The length of object names is the repository's, which is not asked: an
 * index is read in each way in which it can be.
 *
 * @param lines one for each entry that changed
 * @param paths of those entries, relative to the worktree
 */
record IndexChanges(List<String> lines, Set<String> paths) {
    /** Git's own are far smaller; a million files take about 100 MB. */
    static final int MOST_BYTES = 128 << 20;

    /** Whether an index has entries that lead into a git directory or out of the worktree, or cannot be read as git may. */
    static boolean isHostile(byte[] index) {
        if (!IndexParser.isIndex(index)) {
            return false;
        }
        List<List<IndexEntry>> readings = readings(index);
        return readings.isEmpty() || readings.stream().flatMap(List::stream).anyMatch(IndexEntry::leadsAway);
    }

    static IndexChanges of(String path, Versions versions) throws IOException {
        Map<String, IndexEntry> before = entries(versions.before(path));
        Map<String, IndexEntry> after = entries(versions.after(path));
        List<String> lines = new ArrayList<>();
        Set<String> paths = new TreeSet<>();
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Optional<IndexEntry> old = Optional.ofNullable(before.get(key));
            Optional<IndexEntry> fresh = Optional.ofNullable(after.get(key));
            if (!old.equals(fresh)) {
                String name = old.or(() -> fresh).orElseThrow().path();
                paths.add(name);
                lines.add("git: " + Shown.name(path) + ": " + Shown.name(name) + " " + words(old) + " -> "
                        + words(fresh));
            }
        }
        return new IndexChanges(lines, paths);
    }

    private static String words(Optional<IndexEntry> entry) {
        return entry.map(IndexEntry::words).orElse("none");
    }

    private static Map<String, IndexEntry> entries(Optional<byte[]> index) {
        Map<String, IndexEntry> entries = new LinkedHashMap<>();
        index.map(IndexChanges::readings).orElse(List.of()).stream()
                .findFirst()
                .ifPresent(reading -> reading.forEach(entry -> entries.put(entry.key(), entry)));
        return entries;
    }

    private static List<List<IndexEntry>> readings(byte[] index) {
        List<List<IndexEntry>> readings = new ArrayList<>();
        IndexParser.parse(index, IndexParser.SHA_1).ifPresent(readings::add);
        IndexParser.parse(index, IndexParser.SHA_256).ifPresent(readings::add);
        return readings;
    }
}
