package dev.patchferry.runner.format.diff;

import dev.patchferry.runner.format.text.Fault;
import dev.patchferry.runner.format.text.HunkLines;
import dev.patchferry.runner.format.text.PatchLines;
import dev.patchferry.runner.plan.BinaryChange;
import dev.patchferry.runner.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what a diff says of one file: its names, git's header, its hunks or its binary content. */
final class SectionReader {
    private final PatchLines lines;
    private final Optional<String> targetFile;
    private final OptionalInt strip;
    private final int number;

    SectionReader(PatchLines lines, Optional<String> targetFile, OptionalInt strip) {
        this.lines = lines;
        this.targetFile = targetFile;
        this.strip = strip;
        this.number = lines.number();
    }

    Section read() {
        Optional<Names> inGitLine = readGitLine();
        GitHeader header = GitHeader.read(lines);
        Optional<Names> inLines = readNameLines();
        Names names = names(header, inGitLine, inLines);
        Optional<BinaryChange> binary = readBinary();
        List<HunkReader.Read> hunks = binary.isPresent() ? List.of() : readHunks();
        boolean makes = header.makes() || inLines.filter(Names::isNew).isPresent();
        boolean deletes = header.deletes() || inLines.filter(Names::isGone).isPresent();
        SectionSteps steps = new SectionSteps(lines.path(names.fresh(), number), header, hunks, binary, number);
        return new Section(
                steps.path(),
                header.path("rename from ", "rename old ").map(this::path),
                header.path("copy from ").map(this::path),
                makes,
                deletes,
                steps.of(makes, deletes, header.movesOrCopies()),
                steps.notes());
    }

    private Optional<Names> readGitLine() {
        if (!lines.peek().startsWith("diff --git ")) {
            return Optional.empty();
        }
        String line = lines.read();
        return Names.inGitLine(line, number);
    }

    private Optional<Names> readNameLines() {
        if (!HunkReader.beginsFile(lines, 0) || lines.peek().startsWith("diff --git ")) {
            return Optional.empty();
        }
        int at = lines.number();
        String old = lines.read();
        String fresh = lines.read();
        return Optional.of(new Names(
                FileNames.inLine(old, at),
                FileNames.inLine(fresh, at + 1),
                FileNames.isOfTheEpoch(old),
                FileNames.isOfTheEpoch(fresh)));
    }

    /** What the file is called before and after. The most explicit line decides; the others must not contradict it. */
    private Names names(GitHeader header, Optional<Names> inGitLine, Optional<Names> inLines) {
        Optional<String> from = header.path("rename from ", "rename old ", "copy from ");
        Optional<String> to = header.path("rename to ", "rename new ", "copy to ");
        if (from.isPresent() != to.isPresent()) {
            throw lines.fault("a rename or a copy names both files, with `rename from` and `rename to`");
        }
        if (from.isPresent() && to.isPresent()) {
            return new Names(from.get(), to.get());
        }
        if (inGitLine.isPresent() && inLines.isPresent()) {
            requireSameNames(inGitLine.get(), inLines.get());
        }
        Optional<Names> said = inGitLine.or(() -> inLines);
        if (said.isEmpty() && targetFile.isEmpty()) {
            throw lines.fault(
                    "nothing says which file this is about; put `--- a/path` and `+++ b/path` above the hunks");
        }
        return said.map(found -> found.stripped(strip).asOne(number))
                .orElseGet(() -> new Names(targetFile.orElse(""), targetFile.orElse("")));
    }

    private void requireSameNames(Names inGitLine, Names inLines) {
        Names one = inGitLine.stripped(strip);
        Names other = inLines.stripped(strip);
        // A name beside /dev/null may or may not have its side in front.
        boolean same =
                (other.isNew() || one.old().equals(other.old()) || one.old().equals(inLines.old()))
                        && (other.isGone()
                                || one.fresh().equals(other.fresh())
                                || one.fresh().equals(inLines.fresh()));
        if (!same) {
            throw new Fault(
                    number,
                    "the line `diff --git` and the lines `---` and `+++` name different files, `"
                            + PatchLines.shown(one.fresh()) + "` and `"
                            + PatchLines.shown(other.isGone() ? other.old() : other.fresh()) + "`");
        }
    }

    private Optional<BinaryChange> readBinary() {
        if (lines.peek().startsWith("Binary files ")) {
            throw lines.fault("a binary file differs and the diff does not say how; make it with `git diff --binary`");
        }
        return lines.peek().startsWith("GIT binary patch") ? Optional.of(BinaryPatch.read(lines)) : Optional.empty();
    }

    private List<HunkReader.Read> readHunks() {
        List<HunkReader.Read> hunks = new ArrayList<>();
        if (HunkLines.isMarked(lines.peek()) && !HunkReader.beginsFile(lines, 0)) {
            hunks.add(HunkReader.readWithoutHeader(lines));
        }
        while (anotherHunkFollows()) {
            lines.skipBlank();
            hunks.add(HunkReader.read(lines));
        }
        return hunks;
    }

    private boolean anotherHunkFollows() {
        int ahead = 0;
        while (lines.has(ahead) && lines.peek(ahead).isBlank()) {
            ahead++;
        }
        return HunkReader.beginsHunk(lines.peek(ahead));
    }

    private WorkspacePath path(String name) {
        return lines.path(name, number);
    }
}
