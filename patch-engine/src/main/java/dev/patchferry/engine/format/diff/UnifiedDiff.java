package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.PatchReading;
import dev.patchferry.engine.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The door of this package. */
public final class UnifiedDiff {
    /** Twice what a plan may touch, and few enough to be put in order. */
    private static final int MOST_SECTIONS = 1_000;

    private final PatchLines lines;
    private final Optional<String> targetFile;
    private final OptionalInt strip;
    private final ProseReader prose;
    /** Diffs that are about what the one before left: those of a series of mails. */
    private final List<List<SectionReader>> series = new ArrayList<>(List.of(new ArrayList<>()));

    private int count;

    private UnifiedDiff(PatchLines lines, Optional<String> targetFile, OptionalInt strip) {
        this.lines = lines;
        this.targetFile = targetFile;
        this.strip = strip;
        this.prose = new ProseReader(lines);
    }

    /**
     * Reads a text.
     *
     * @param workspaceRoot the absolute path of the workspace, as commands in it see it
     * @param targetFile the file of hunks that stand under no file's name
     * @param strip how many leading parts of a name are no part of the path; if empty, {@code a/} and {@code b/}
     * @return never an exception, whatever the text
     */
    public static PatchReading read(String text, String workspaceRoot, Optional<String> targetFile, OptionalInt strip) {
        return read(new PatchLines(text, workspaceRoot), targetFile, strip);
    }

    /** Reads these lines, none of which has been read. */
    public static PatchReading read(PatchLines lines, Optional<String> targetFile, OptionalInt strip) {
        try {
            return new UnifiedDiff(lines, targetFile, strip).read();
        } catch (Fault fault) {
            return fault.reading();
        }
    }

    private PatchReading read() {
        while (!lines.atEnd()) {
            if (count > MOST_SECTIONS) {
                throw lines.fault("these are more files than one patch may change; send several patches");
            }
            if (lines.peek().isBlank()) {
                lines.skipBlank();
            } else if (SectionReader.beginsFile(lines, 0)) {
                add(new SectionReader(lines, targetFile, strip));
            } else if (HunkReader.beginsHunk(lines.peek())) {
                readHunksWithoutNames();
            } else if (prose.beginsPatchOfASeries()) {
                series.add(new ArrayList<>());
                prose.read();
            } else {
                prose.read();
            }
        }
        if (count == 0) {
            throw new Fault(
                    0,
                    "there is no diff in it: no line begins with `diff --git ` and none with `--- ` before one with `+++ `");
        }
        return steps();
    }

    private void add(SectionReader section) {
        series.getLast().add(section);
        count++;
        prose.sectionEnds();
    }

    /** They belong to the file before them, or to the target file if no file is named at all. */
    private void readHunksWithoutNames() {
        List<SectionReader> before = series.getLast();
        if (before.isEmpty()) {
            prose.requireNoOtherFile(targetFile);
            add(new SectionReader(lines, targetFile, strip));
        } else {
            prose.requireNoOtherFile(Optional.of(before.getLast().path().value()));
            before.getLast().readMore();
            prose.sectionEnds();
        }
    }

    private PatchReading steps() {
        List<String> notes = prose.notes();
        List<Step> steps = new ArrayList<>();
        for (List<SectionReader> one : series) {
            List<Section> sections = one.stream().map(SectionReader::section).toList();
            sections.forEach(section -> notes.addAll(section.notes()));
            steps.addAll(new StepOrder(sections).steps());
        }
        return new PatchReading.Steps(steps, notes);
    }
}
