package dev.patchferry.runner.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what a patch changed in the data of git directories. */
public final class GitDataChanges {
    private static final int MOST_LINES = 500;
    private static final String INDEX = "index";
    private static final String DIRECTORY = ".git";

    private final Versions versions;
    private final Map<String, Set<String>> byDirectory = new TreeMap<>();

    /** Collects; whatever is asked for is read from here. */
    public GitDataChanges(Versions versions) {
        this.versions = versions;
    }

    /**
     * Takes in a file that changed.
     *
     * @param directory the git directory, relative to the workspace
     * @param name of the file in it
     */
    public void add(String directory, String name) {
        byDirectory.computeIfAbsent(directory, _ -> new TreeSet<>()).add(name);
    }

    /** Whether git writes no such index itself, and would write where it must not with it. */
    public static boolean isHostileIndex(byte[] index) {
        return index.length > IndexChanges.MOST_BYTES || IndexChanges.isHostile(index);
    }

    /** Whether a file of a git directory is an index, or holds entries for one. */
    public static boolean isIndex(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.equals(INDEX) || file.startsWith("sharedindex.");
    }

    /** All of it, with what the owner's git runs. */
    public GitEffects effects(ExecutedPaths executed) throws IOException {
        boolean history = false;
        List<String> lines = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (Map.Entry<String, Set<String>> directory : byDirectory.entrySet()) {
            String root = directory.getKey();
            Set<String> names = directory.getValue();
            List<String> refs = names.stream().filter(RefChanges::isRef).toList();
            if (!refs.isEmpty()) {
                lines.addAll(RefChanges.lines(root, refs, versions));
            }
            history |= names.stream().anyMatch(name -> !name.equals(INDEX));
            if (names.contains(INDEX)) {
                IndexChanges changes = IndexChanges.of(root + "/" + INDEX, versions);
                history |= !changes.paths().isEmpty() || !isReadable(root + "/" + INDEX);
                lines.addAll(changes.lines());
                indexed.addAll(below(root, changes.paths()));
            }
        }
        return new GitEffects(history, executed, indexed, bounded(lines));
    }

    private boolean isReadable(String index) throws IOException {
        return versions.after(index)
                .filter(bytes -> IndexParser.isIndex(bytes) && !IndexParser.isSplit(bytes))
                .isPresent();
    }

    private static List<String> below(String directory, Collection<String> paths) {
        if (!directory.endsWith(DIRECTORY)) {
            return List.of();
        }
        String top = directory.substring(0, directory.length() - DIRECTORY.length());
        return paths.stream().map(path -> top + path).toList();
    }

    private static List<String> bounded(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> front = new ArrayList<>(lines.subList(0, MOST_LINES));
        front.add("git: " + (lines.size() - MOST_LINES) + " more changes of refs and index entries are not shown");
        return front;
    }
}
