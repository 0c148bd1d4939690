package dev.patchferry.runner.reads;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * What git would ignore at a place of the tree: the rules of that folder, then of those above it, then of the repository's
 * {@code info/exclude}. Immutable. The owner's global rules are not asked.
 */
final class IgnoreRules {
    static final String FILE = ".gitignore";
    static final IgnoreRules NONE = new IgnoreRules(List.of());

    /**
     * One file of rules.
     *
     * @param folder where they hold; empty for the root, else with a slash at its end
     */
    private record Level(String folder, IgnoreNode rules) {}

    private final List<Level> levels;

    private IgnoreRules(List<Level> levels) {
        this.levels = List.copyOf(levels);
    }

    /**
     * The same with the rules of a folder.
     *
     * @param folder its path; empty for the root
     */
    IgnoreRules with(String folder, byte[] rules) throws IOException {
        IgnoreNode node = new IgnoreNode();
        node.parse(FILE, new ByteArrayInputStream(rules));
        if (node.getRules().isEmpty()) {
            return this;
        }
        List<Level> more = new ArrayList<>();
        more.add(new Level(folder.isEmpty() ? "" : folder + "/", node));
        more.addAll(levels);
        return new IgnoreRules(more);
    }

    /** Whether an entry is ignored, whose folders are not. */
    boolean isIgnored(String path, boolean isFolder) {
        for (Level level : levels) {
            Optional<Boolean> verdict =
                    Optional.ofNullable(level.rules.checkIgnored(path.substring(level.folder.length()), isFolder));
            if (verdict.isPresent()) {
                return verdict.get();
            }
        }
        return false;
    }
}
