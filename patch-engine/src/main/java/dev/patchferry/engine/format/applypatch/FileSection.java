package dev.patchferry.engine.format.applypatch;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.HunkLines;
import dev.patchferry.engine.format.text.Marks;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.LineHunk;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads what is to be done to one file. */
final class FileSection {
    private static final String ADD = "*** Add File:";
    private static final String DELETE = "*** Delete File:";
    private static final String UPDATE = "*** Update File:";
    private static final String MOVE = "*** Move to:";
    /** What `git diff` puts above the names of a file. */
    private static final String GIT = "diff --git";

    private static final Pattern INDEX = Pattern.compile("index [0-9a-f]+\\.\\.[0-9a-f]+.*");
    private static final Pattern NEW_FILE = Pattern.compile("@@(?: -0,0 \\+1(?:,\\d+)? @@)?");

    private final PatchLines lines;
    private final int number;
    private final String header;
    private final List<String> notes;

    /** @param notes what nobody acts on; is added to */
    FileSection(PatchLines lines, List<String> notes) {
        this.lines = lines;
        this.number = lines.number();
        this.header = lines.read().strip();
        this.notes = notes;
    }

    void read(List<Step> steps) {
        if (header.startsWith(ADD)) {
            WorkspacePath path = path(header, ADD, number);
            skipNames(path);
            lines.skip(NEW_FILE.matcher(lines.peek()).matches() ? 1 : 0);
            steps.add(new Step.Write(path, content(), OptionalInt.empty(), true));
        } else if (header.startsWith(DELETE)) {
            WorkspacePath path = path(header, DELETE, number);
            steps.add(new Step.Delete(path, contentToDelete()));
        } else if (header.startsWith(UPDATE)) {
            update(path(header, UPDATE, number), steps);
        } else {
            throw new Fault(
                    number,
                    "`" + PatchLines.shown(header) + "` is none of " + ADD + " …, " + DELETE + " … and " + UPDATE
                            + " …");
        }
    }

    private WorkspacePath path(String line, String marker, int at) {
        return lines.unquotedPath(line.substring(marker.length()).strip(), at);
    }

    private Bytes content() {
        StringBuilder content = new StringBuilder();
        for (int gap = gap(); lines.peek(gap).startsWith("+"); gap = gap()) {
            content.repeat('\n', gap)
                    .append(lines.peek(gap), 1, lines.peek(gap).length())
                    .append('\n');
            lines.skip(gap + 1);
        }
        String next = lines.peek();
        if (HunkLines.saysNoLineFeed(next) && !content.isEmpty()) {
            content.setLength(content.length() - 1);
            lines.skip(1);
        } else if (!next.isBlank() && !next.strip().startsWith("***")) {
            throw lines.fault("`" + PatchLines.shown(next) + "`: every line of a new file begins with +");
        }
        return Bytes.utf8(content.toString());
    }

    /** How many empty lines come next; before a line of the file, they are lines whose plus was forgotten. */
    private int gap() {
        int ahead = 0;
        while (lines.has(ahead) && lines.peek(ahead).isEmpty()) {
            ahead++;
        }
        return ahead;
    }

    /** The lines that a sender says the file holds; there is no need to. */
    private List<Hunk> contentToDelete() {
        if (!lines.peek().startsWith("-") && !lines.peek().startsWith("@@")) {
            return List.of();
        }
        Optional<LineHunk> content = new Chunk(lines, 1).read();
        return content.<List<Hunk>>map(List::of).orElseGet(List::of);
    }

    private void update(WorkspacePath path, List<Step> steps) {
        Optional<WorkspacePath> target = target().filter(to -> !to.equals(path));
        skipNames(path);
        List<LineHunk> chunks = new ArrayList<>();
        int count = 0;
        for (lines.skipBlank(); !lines.atEnd() && !ApplyPatch.endsChunk(lines); lines.skipBlank()) {
            Chunk chunk = new Chunk(lines, ++count);
            chunk.read()
                    .ifPresentOrElse(
                            chunks::add, () -> notes.add(chunk.name() + " of " + path + ", which changes nothing"));
        }
        if (chunks.isEmpty() && target.isEmpty()) {
            throw new Fault(
                    number, "nothing is to be changed in `" + path + "`: a chunk has lines that begin with + or -");
        }
        if (!chunks.isEmpty()) {
            requireNoneTwice(chunks);
            steps.add(edit(path, chunks, target.isPresent()));
        }
        target.ifPresent(to -> steps.add(new Step.Move(path, to, true)));
    }

    /** A chunk that only adds lines would add them twice. */
    private void requireNoneTwice(List<LineHunk> chunks) {
        for (int i = 1; i < chunks.size(); i++) {
            LineHunk one = chunks.get(i - 1);
            LineHunk other = chunks.get(i);
            if (one.lines().equals(other.lines()) && one.where().equals(other.where())) {
                throw new Fault(
                        number, other.name() + " of `" + header + "` is the same as the one before it; send it once");
            }
        }
    }

    /** A path of a diff has the letter of its side in front; here it may be a folder's name as well. */
    private Step edit(WorkspacePath path, List<LineHunk> chunks, boolean moves) {
        boolean sided = path.value().startsWith("a/") || path.value().startsWith("b/");
        return sided && !moves
                ? new Step.EditOneOf(path, lines.path(path.value().substring(2), number), true, List.copyOf(chunks))
                : new Step.Edit(path, chunks);
    }

    /** The lines that a diff names its file with, if they name this one. */
    private void skipNames(WorkspacePath path) {
        if (lines.peek().startsWith(GIT + " ")) {
            requireSame(path, lines.peek().substring(GIT.length()).strip().replaceFirst("^.* ", ""), lines.number());
            lines.skip(1);
            lines.skip(lines.peek().startsWith("new file mode 100") ? 1 : 0);
            lines.skip(INDEX.matcher(lines.peek()).matches() ? 1 : 0);
        }
        if (!Marks.namesBoth(lines, 0)) {
            return;
        }
        int at = lines.number();
        for (String line : List.of(lines.read(), lines.read())) {
            String name = line.substring(Math.min(4, line.length())).strip();
            if (!(name.isEmpty() || (name.equals("/dev/null") && header.startsWith(ADD)))) {
                requireSame(path, name, at);
            }
        }
    }

    private static void requireSame(WorkspacePath path, String name, int at) {
        if (!name.equals(path.value()) && !name.endsWith("/" + path.value())) {
            throw new Fault(
                    at, "`" + PatchLines.shown(name) + "` is another file than `" + path + "`, which this is about");
        }
    }

    private Optional<WorkspacePath> target() {
        if (!lines.peek().strip().startsWith(MOVE)) {
            return Optional.empty();
        }
        int at = lines.number();
        return Optional.of(path(lines.read().strip(), MOVE, at));
    }
}
