package dev.patchferry.engine.format.applypatch;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.PatchReading;
import dev.patchferry.engine.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** The door of this package. */
public final class ApplyPatch {
    private static final String BEGIN = "*** Begin Patch";
    private static final String END = "*** End Patch";

    private final PatchLines lines;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int unread;

    private ApplyPatch(PatchLines lines) {
        this.lines = lines;
    }

    /**
     * Reads a text.
     *
     * @param workspaceRoot the absolute path of the workspace, as commands in it see it
     * @return never an exception, whatever the text
     */
    public static PatchReading read(String text, String workspaceRoot) {
        return read(new PatchLines(text, workspaceRoot));
    }

    /** Reads these lines, none of which has been read. */
    public static PatchReading read(PatchLines lines) {
        ApplyPatch patch = new ApplyPatch(lines);
        try {
            patch.read();
        } catch (Fault fault) {
            return fault.reading();
        }
        return patch.reading();
    }

    private void read() {
        skipToBegin();
        if (lines.atEnd()) {
            throw new Fault(0, "there is no line *** Begin Patch");
        }
        while (!lines.atEnd()) {
            lines.skip(1);
            readSections();
            skipToBegin();
        }
    }

    private void skipToBegin() {
        while (!lines.atEnd() && !lines.peek().strip().equals(BEGIN)) {
            unread += lines.pass().isBlank() ? 0 : 1;
        }
    }

    private void readSections() {
        for (lines.skipBlank(); !lines.peek().strip().equals(END); lines.skipBlank()) {
            if (lines.atEnd()) {
                throw lines.fault("the patch ends without *** End Patch; it may have been cut off. Send it whole");
            }
            new FileSection(lines, notes).read(steps);
        }
        lines.skip(1);
    }

    private PatchReading reading() {
        if (steps.isEmpty()) {
            return new PatchReading.Unusable(0, "the patch is empty: nothing stands between " + BEGIN + " and " + END);
        }
        if (unread > 0) {
            notes.addFirst(unread + " lines around the patch that are no part of it");
        }
        return new PatchReading.Steps(steps, notes);
    }

    /** Whether a line ends a chunk: any marker, or the patch's end, which senders indent. */
    static boolean endsChunk(PatchLines lines) {
        return lines.peek().startsWith("***") || (lines.peek().strip().equals(END) && nothingFollows(lines));
    }

    private static boolean nothingFollows(PatchLines lines) {
        for (int ahead = 1; lines.has(ahead); ahead++) {
            if (!lines.peek(ahead).isBlank()) {
                return false;
            }
        }
        return true;
    }
}
