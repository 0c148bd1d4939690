package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.PatchLines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that git puts between {@code diff --git} and the names or the content, by what they begin with. */
final class GitHeader {
    private static final List<String> KEYS = List.of(
            "old mode ",
            "new mode ",
            "deleted file mode ",
            "new file mode ",
            "copy from ",
            "copy to ",
            "rename from ",
            "rename to ",
            "rename old ",
            "rename new ",
            "similarity index ",
            "dissimilarity index ",
            "index ");

    private static final Pattern IDS = Pattern.compile("([0-9a-f]{7,})\\.\\.([0-9a-f]{7,})(?: .*)?");
    private static final Pattern MODE = Pattern.compile("[0-7]{6}");
    private static final int TYPE_BITS = 0170000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int SUBMODULE = 0160000;
    private static final int OWNER_MAY_EXECUTE = 0100;

    private final Map<String, String> values = new HashMap<>();
    private final int line;

    private GitHeader(int line) {
        this.line = line;
    }

    /** Reads as many such lines as there are. */
    static GitHeader read(PatchLines lines) {
        GitHeader header = new GitHeader(lines.number());
        Optional<String> key = keyOf(lines.peek());
        while (key.isPresent() && !lines.atEnd()) {
            header.values.put(
                    key.get(), lines.read().substring(key.get().length()).stripTrailing());
            key = keyOf(lines.peek());
        }
        return header;
    }

    private static Optional<String> keyOf(String line) {
        return KEYS.stream().filter(line::startsWith).findFirst();
    }

    boolean movesOrCopies() {
        return path("rename from ", "rename old ", "copy from ").isPresent();
    }

    boolean makes() {
        return values.containsKey("new file mode ");
    }

    boolean deletes() {
        return values.containsKey("deleted file mode ");
    }

    /** A path behind one of these words; such paths have no side in front. */
    Optional<String> path(String... words) {
        return List.of(words).stream()
                .filter(values::containsKey)
                .map(word -> FileNames.unquoted(values.getOrDefault(word, ""), line))
                .findFirst();
    }

    /** Whether the file is executable afterwards; empty if the header does not say. */
    Optional<Boolean> executable() {
        return List.of("new mode ", "new file mode ", "deleted file mode ").stream()
                .filter(values::containsKey)
                .map(word -> isExecutable(values.getOrDefault(word, "")))
                .findFirst();
    }

    /** Whether the mode is said to change. */
    boolean changesMode() {
        return values.containsKey("new mode ");
    }

    private boolean isExecutable(String mode) {
        if (!MODE.matcher(mode).matches()) {
            throw new Fault(line, "`" + PatchLines.shown(mode) + "` is no file mode of git's, such as 100644");
        }
        int bits = Integer.parseInt(mode, 8);
        int type = bits & TYPE_BITS;
        if (type == SYMBOLIC_LINK) {
            throw new Fault(line, "symbolic links (mode 120000) are not made, changed or deleted by diffs");
        }
        if (type == SUBMODULE) {
            throw new Fault(line, "submodules (mode 160000) are not changed by diffs");
        }
        return (bits & OWNER_MAY_EXECUTE) != 0;
    }

    /** Whether git wrote the names above: it puts the two contents' ids below them. */
    boolean isGits() {
        return IDS.matcher(values.getOrDefault("index ", "")).matches();
    }

    /** The object ids before and after, if both are there in full. */
    Optional<String[]> objectIds() {
        Matcher ids = IDS.matcher(values.getOrDefault("index ", ""));
        boolean full = ids.matches() && isFull(ids.group(1)) && isFull(ids.group(2));
        return full ? Optional.of(new String[] {ids.group(1), ids.group(2)}) : Optional.empty();
    }

    private static boolean isFull(String id) {
        return id.length() == 40 || id.length() == 64;
    }
}
