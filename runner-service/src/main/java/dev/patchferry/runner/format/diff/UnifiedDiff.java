package dev.patchferry.runner.format.diff;

import dev.patchferry.runner.format.text.Fault;
import dev.patchferry.runner.format.text.PatchLines;
import dev.patchferry.runner.plan.PatchReading;
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
    private final List<Section> sections = new ArrayList<>();
    private int unread;

    private UnifiedDiff(PatchLines lines, Optional<String> targetFile, OptionalInt strip) {
        this.lines = lines;
        this.targetFile = targetFile;
        this.strip = strip;
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
        UnifiedDiff diff = new UnifiedDiff(new PatchLines(text, workspaceRoot), targetFile, strip);
        try {
            return diff.read();
        } catch (Fault fault) {
            return fault.reading();
        }
    }

    private PatchReading read() {
        while (!lines.atEnd()) {
            if (sections.size() > MOST_SECTIONS) {
                throw lines.fault("these are more files than one patch may change; send several patches");
            }
            if (HunkReader.beginsFile(lines, 0) || (HunkReader.beginsHunk(lines.peek()) && targetFile.isPresent())) {
                sections.add(new SectionReader(lines, targetFile, strip).read());
            } else {
                skip();
            }
        }
        if (sections.isEmpty()) {
            throw new Fault(
                    0,
                    "there is no diff in it: no line begins with `diff --git ` and none with `--- ` before one with `+++ `");
        }
        List<String> notes = new ArrayList<>();
        if (unread > 0) {
            notes.add(unread + " lines around the diff that are no part of it");
        }
        sections.forEach(section -> notes.addAll(section.notes()));
        return new PatchReading.Steps(new StepOrder(sections).steps(), notes);
    }

    /** Whatever stands around a diff may; what looks like a part of it has lost its place. */
    private void skip() {
        if (HunkReader.beginsHunk(lines.peek())) {
            throw lines.fault("a hunk stands under no file's name; put `--- a/path` and `+++ b/path` above it");
        }
        String line = lines.read();
        unread += line.isBlank() ? 0 : 1;
    }
}
