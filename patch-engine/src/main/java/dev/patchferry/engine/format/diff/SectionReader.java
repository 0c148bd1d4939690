package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.HunkLines;
import dev.patchferry.engine.format.text.Marks;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.format.text.PathsInProse;
import dev.patchferry.engine.plan.BinaryChange;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what a diff says of one file: its names, git's header, its hunks or its binary content. */
final class SectionReader {
    private final PatchLines lines;
    private final int number;
    private final NameLines names;
    private final NameLines.Meant meant;
    private final WorkspacePath path;
    private final Optional<BinaryChange> binary;
    private final List<HunkReader.Read> hunks = new ArrayList<>();

    /** Reads the names and the hunks that follow them. */
    SectionReader(PatchLines lines, Optional<String> targetFile, OptionalInt strip) {
        this.lines = lines;
        this.number = lines.number();
        Optional<Names> inGitLine = readGitLine();
        GitHeader header = GitHeader.read(lines);
        this.names = new NameLines(inGitLine, header, readNameLines(), number);
        this.meant = names.meant(lines, targetFile, strip);
        this.path = lines.path(meant.path(), number);
        this.binary = readBinary();
        if (binary.isEmpty()) {
            readHunks();
        }
    }

    /** Whether what is said of a file begins after so many lines. */
    static boolean beginsFile(PatchLines lines, int ahead) {
        return lines.peek(ahead).startsWith("diff --git ") || Marks.namesAFile(lines, ahead);
    }

    WorkspacePath path() {
        return path;
    }

    Section section() {
        Optional<WorkspacePath> moved = NameLines.path(lines, meant.moved(), number);
        Optional<WorkspacePath> copied = NameLines.path(lines, names.header().path("copy from "), number);
        SectionSteps steps = new SectionSteps(
                path, NameLines.path(lines, meant.other(), number), names.header(), hunks, binary, number);
        return new Section(
                path,
                moved,
                copied,
                names.makes(),
                names.deletes(),
                steps.of(names.makes(), names.deletes(), moved.isPresent() || copied.isPresent()),
                steps.notes());
    }

    private Optional<Names> readGitLine() {
        return lines.peek().startsWith("diff --git ") ? Names.inGitLine(lines.read(), number) : Optional.empty();
    }

    private Optional<Names> readNameLines() {
        int at = lines.number();
        if (Marks.namesBoth(lines, 0)) {
            String old = lines.read();
            String fresh = lines.read();
            return Optional.of(new Names(
                    FileNames.inLine(old, at),
                    FileNames.inLine(fresh, at + 1),
                    FileNames.isOfTheEpoch(old),
                    FileNames.isOfTheEpoch(fresh)));
        }
        if (!Marks.namesOne(lines, 0)) {
            return Optional.empty();
        }
        boolean isOld = lines.peek().startsWith("-");
        String only = FileNames.inLine(lines.read(), at);
        // The letter of its side, and nothing to compare it with.
        String name = only.startsWith(isOld ? "a/" : "b/") ? only.substring(2) : only;
        return Optional.of(new Names(name, name));
    }

    private Optional<BinaryChange> readBinary() {
        if (lines.peek().startsWith("Binary files ")) {
            throw lines.fault("a binary file differs and the diff does not say how; make it with `git diff --binary`");
        }
        return lines.peek().startsWith("GIT binary patch") ? Optional.of(BinaryPatch.read(lines)) : Optional.empty();
    }

    private void readHunks() {
        boolean signature = lines.peek().strip().equals("--");
        if (HunkLines.isMarked(lines.peek()) && !signature && !beginsFile(lines, 0)) {
            hunks.add(HunkReader.readWithoutHeader(lines));
        }
        readMore();
    }

    /** Reads the hunks that come next, all of this file. */
    void readMore() {
        while (anotherHunkFollows()) {
            lines.skipBlank();
            HunkReader.Read hunk = HunkReader.read(lines);
            requireNoOtherFile(hunk);
            if (!hunks.isEmpty() && hunk.repeats(hunks.getLast())) {
                throw new Fault(hunk.line(), "this hunk is the same as the one before it; send it once");
            }
            hunks.add(hunk);
        }
    }

    /** A header without numbers may hold no line of the file but a file's name. */
    private void requireNoOtherFile(HunkReader.Read hunk) {
        String heading = hunk.header().heading();
        boolean named = hunk.header().line().isEmpty() && PathsInProse.isPath(heading, false) && !heading.contains(" ");
        if (named && !path.value().equals(heading) && !path.value().endsWith("/" + heading)) {
            throw new Fault(
                    hunk.line(),
                    "`" + PatchLines.shown(hunk.header().text()) + "` seems to name another file than `" + path
                            + "`; put `--- a/path` and `+++ b/path` above the hunk");
        }
    }

    private boolean anotherHunkFollows() {
        int ahead = 0;
        while (lines.has(ahead) && lines.peek(ahead).isBlank()) {
            ahead++;
        }
        return HunkReader.beginsHunk(lines.peek(ahead));
    }
}
