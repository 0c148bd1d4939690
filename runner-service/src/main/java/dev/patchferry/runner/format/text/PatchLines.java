package dev.patchferry.runner.format.text;

import dev.patchferry.runner.plan.PathReading;
import dev.patchferry.runner.plan.WorkspacePath;
import java.util.List;

/**
 * The lines of a text, read from the first to the last. A byte order mark in front is dropped; so is the carriage return
 * of every line where all lines have one, since then they came on the way and are no part of what is said.
 */
public final class PatchLines {
    private static final int LONGEST_SHOWN = 100;

    private final List<String> lines;
    private final String workspaceRoot;
    private int next;

    /** @param workspaceRoot the absolute path of the workspace, as commands in it see it */
    public PatchLines(String text, String workspaceRoot) {
        this.lines = split(text.startsWith("\uFEFF") ? text.substring(1) : text);
        this.workspaceRoot = workspaceRoot;
    }

    private static List<String> split(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        List<String> whole = lines.getLast().isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
        boolean returned = whole.stream().allMatch(line -> line.endsWith("\r"));
        return returned
                ? whole.stream()
                        .map(line -> line.substring(0, line.length() - 1))
                        .toList()
                : whole;
    }

    public boolean atEnd() {
        return next >= lines.size();
    }

    /** The line that is read next, from 1. */
    public int number() {
        return next + 1;
    }

    /** The line that is read next; empty at the end. */
    public String peek() {
        return peek(0);
    }

    /** The line that is read after so many others; empty beyond the end. */
    public String peek(int ahead) {
        return has(ahead) ? lines.get(next + ahead) : "";
    }

    /** Whether there is a line after so many others. */
    public boolean has(int ahead) {
        return next + ahead < lines.size();
    }

    public String read() {
        return lines.get(next++);
    }

    public void skip(int count) {
        next += count;
    }

    public void skipBlank() {
        while (!atEnd() && peek().isBlank()) {
            next++;
        }
    }

    /** A fault in the line that is read next. */
    public Fault fault(String reason) {
        return new Fault(number(), reason);
    }

    /**
     * A path as it stands in the text.
     *
     * @throws Fault if it must not be used
     */
    public WorkspacePath path(String raw, int line) {
        return switch (WorkspacePath.of(raw, workspaceRoot)) {
            case PathReading.Valid(WorkspacePath path) -> path;
            case PathReading.Invalid(String reason) -> throw new Fault(line, "`" + shown(raw) + "`: " + reason);
        };
    }

    /** A line for a message: not too long, and without what a terminal would act on. */
    public static String shown(String line) {
        String visible = line.replaceAll("\\p{Cntrl}", "?");
        return visible.codePointCount(0, visible.length()) <= LONGEST_SHOWN
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    }
}
