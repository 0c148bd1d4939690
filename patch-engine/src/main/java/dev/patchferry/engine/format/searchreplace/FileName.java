package dev.patchferry.engine.format.searchreplace;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.format.text.PathsInProse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose file a block is about: the name on a line above it, in the line of its fence or in a tag, else the file that a
 * sentence above it names, else the file of the block before, else the document's target file.
 */
final class FileName {
    private static final int LONGEST_LINE = 500;
    /** Names further above a block are not for it. */
    private static final int MOST_LINES = 500;

    private final Optional<String> targetFile;
    private Optional<String> latest = Optional.empty();
    private final Deque<Above> above = new ArrayDeque<>();
    /** What lines say; the blocks of one file repeat its name. */
    private final Map<Question, Optional<String>> read = new HashMap<>();

    private record Question(String line, boolean makes) {}

    /** A line that is no part of a block. */
    private record Above(String text, int number) {}

    FileName(Optional<String> targetFile) {
        this.targetFile = targetFile;
    }

    /** Looks at a line that is no part of a block. */
    void pass(String line, int number) {
        if (!line.isBlank() && line.length() <= LONGEST_LINE) {
            above.addLast(new Above(line, number));
        }
        if (above.size() > MOST_LINES) {
            above.removeFirst();
        }
    }

    /**
     * The file of the block that begins here.
     *
     * @param makes whether the block makes the file, so that no other file can be taken for it
     * @throws Fault if nothing says which file it is, or it cannot be told
     */
    String forBlockAt(int line, boolean makes) {
        Optional<String> said = onItsOwn(makes).or(() -> inASentence());
        above.clear();
        latest = said.or(() -> latest).or(() -> targetFile);
        return latest.orElseThrow(
                () -> new Fault(line, "nothing says which file this block is for; put its path on the line before it"));
    }

    /** The last line that is a name and no more; names that a sentence parts from the block must not compete. */
    private Optional<String> onItsOwn(boolean makes) {
        Optional<String> found = Optional.empty();
        boolean sentence = false;
        for (Above each : above.reversed()) {
            Optional<String> name =
                    read.computeIfAbsent(new Question(each.text(), makes), q -> NameLine.read(q.line(), q.makes()));
            if (name.isPresent() && found.isEmpty()) {
                found = name;
                if (!sentence) {
                    return found;
                }
            } else if (name.isPresent() && !name.equals(found)) {
                throw unclear(each, name.get());
            }
            sentence |= name.isEmpty() && NameLine.isProse(each.text());
        }
        return found;
    }

    private Optional<String> inASentence() {
        List<Above> naming = above.stream()
                .filter(each -> !PathsInProse.in(each.text()).isEmpty())
                .toList();
        List<String> names = naming.stream()
                .flatMap(each -> PathsInProse.in(each.text()).stream())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        boolean known = names.size() == 1
                && (names.equals(latest.stream().toList())
                        || (latest.isEmpty() && names.equals(targetFile.stream().toList()))
                        || NameLine.introduces(naming.getLast().text()));
        if (!known) {
            throw unclear(naming.getLast(), names.getLast());
        }
        return Optional.of(names.getFirst());
    }

    private static Fault unclear(Above line, String name) {
        return new Fault(
                line.number(),
                "this line seems to name the file `" + PatchLines.shown(name)
                        + "`, but it cannot be told whether the block below is for it; put the path of the block's file"
                        + " alone on the line before it");
    }
}
