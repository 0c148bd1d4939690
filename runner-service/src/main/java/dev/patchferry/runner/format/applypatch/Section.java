package dev.patchferry.runner.format.applypatch;

import dev.patchferry.runner.format.text.Fault;
import dev.patchferry.runner.format.text.PatchLines;
import dev.patchferry.runner.plan.Bytes;
import dev.patchferry.runner.plan.LineHunk;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what is to be done to one file. */
final class Section {
    private static final String ADD = "*** Add File:";
    private static final String DELETE = "*** Delete File:";
    private static final String UPDATE = "*** Update File:";
    private static final String MOVE = "*** Move to:";

    private final PatchLines lines;
    private final int number;
    private final String header;

    Section(PatchLines lines) {
        this.lines = lines;
        this.number = lines.number();
        this.header = lines.read().strip();
    }

    void read(List<Step> steps) {
        if (header.startsWith(ADD)) {
            steps.add(new Step.Write(path(header, ADD, number), content(), OptionalInt.empty(), false));
        } else if (header.startsWith(DELETE)) {
            steps.add(new Step.Delete(path(header, DELETE, number)));
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
        return lines.path(line.substring(marker.length()).strip(), at);
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
        if (!next.isBlank() && !next.strip().startsWith("***")) {
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

    private void update(WorkspacePath path, List<Step> steps) {
        Optional<WorkspacePath> target = target().filter(to -> !to.equals(path));
        List<LineHunk> chunks = new ArrayList<>();
        for (lines.skipBlank(); !lines.atEnd() && !ApplyPatch.endsChunk(lines); lines.skipBlank()) {
            new Chunk(lines, chunks.size() + 1).read().ifPresent(chunks::add);
        }
        if (chunks.isEmpty() && target.isEmpty()) {
            throw new Fault(
                    number, "nothing is to be changed in `" + path + "`: a chunk has lines that begin with + or -");
        }
        if (!chunks.isEmpty()) {
            steps.add(new Step.Edit(path, chunks));
        }
        target.ifPresent(to -> steps.add(new Step.Move(path, to, true)));
    }

    private Optional<WorkspacePath> target() {
        if (!lines.peek().strip().startsWith(MOVE)) {
            return Optional.empty();
        }
        int at = lines.number();
        return Optional.of(path(lines.read().strip(), MOVE, at));
    }
}
