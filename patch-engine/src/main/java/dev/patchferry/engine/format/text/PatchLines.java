package dev.patchferry.engine.format.text;

import dev.patchferry.engine.plan.PathReading;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a text, read from the first to the last. A byte order mark in front is dropped; so is the carriage return
 * of every line where all lines have one, since then they came on the way and are no part of what is said.
 */
public final class PatchLines {
    private static final int LONGEST_SHOWN = 100;
    /** No path is longer; looking for what is around one takes the square of its length. */
    private static final int LONGEST_DECORATED = 4_096;

    private static final Pattern DECORATED =
            Pattern.compile("`(.+)`|\"(.+)\"|'(.+)'|\\*\\*(.+)\\*\\*|<([^<>]+)>|\\[([^\\[\\]]+)]\\([^()]*\\)");
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");
    private static final Pattern COMMENTED = Pattern.compile("\\S+\\s+(?:#|//|--|<-)(?:\\s.*)?|.*\\S:");
    private static final Pattern REMARK = Pattern.compile(
            "(?i)\\s+\\((?:new|new file|updated|modified|changed|created|existing|deleted|renamed)\\)$");

    private final List<String> lines;
    private final String workspaceRoot;
    private final String folder;
    private int next;

    /**
     * The lines of this text, none of them read.
     *
     * @param workspaceRoot the absolute path of the workspace, as commands in it see it
     */
    public PatchLines(String text, String workspaceRoot) {
        this(text, workspaceRoot, "");
    }

    /**
     * The lines of this text, whose paths are relative to a folder.
     *
     * @param folder as a sender wrote it; empty for the workspace's own
     */
    public PatchLines(String text, String workspaceRoot, String folder) {
        this.folder = folder;
        this.lines = split(text.startsWith("\uFEFF") ? text.substring(1) : text);
        this.workspaceRoot = workspaceRoot;
    }

    private static List<String> split(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        List<String> whole = lines.getLast().isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
        // The last line may have no end at all.
        List<String> ended = lines.subList(0, lines.size() - 1);
        boolean returned = !ended.isEmpty() && ended.stream().allMatch(line -> line.endsWith("\r"));
        return returned
                ? whole.stream()
                        .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
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

    /** Reads a line whose meaning the parser knows. */
    public String read() {
        return lines.get(next++);
    }

    /** Reads so many lines whose meaning the parser knows. */
    public void skip(int count) {
        next += count;
    }

    /**
     * Reads a line as prose. With {@link #read} and {@link #skip} it is the only way onward, so that no line of a patch
     * is passed over.
     *
     * @throws Fault if the line means something in one of the textual forms
     */
    public String pass() {
        Optional<String> form = Marks.at(this);
        if (form.isPresent()) {
            throw fault("`" + shown(peek()) + "` is a line of " + form.get() + " that has no place here; send what it"
                    + " belongs to whole, as a patch of its own");
        }
        return read();
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
     * A path as it stands in the text, without what senders put around it: quotes, a link, a remark such as
     * {@code (new file)}.
     *
     * @throws Fault if it must not be used
     */
    public WorkspacePath unquotedPath(String raw, int line) {
        if (raw.length() > LONGEST_DECORATED) {
            return path(raw, line);
        }
        if (COMMENTED.matcher(raw).matches()) {
            throw new Fault(line, "`" + shown(raw) + "` has a remark behind the path; send the path alone");
        }
        Matcher around = DECORATED.matcher(REMARK.matcher(raw).replaceFirst(""));
        String bare = around.matches()
                ? around.replaceFirst("$1$2$3$4$5$6")
                : REMARK.matcher(raw).replaceFirst("");
        return path(bare, line);
    }

    /**
     * A path as it stands in the text.
     *
     * @throws Fault if it must not be used
     */
    public WorkspacePath path(String raw, int line) {
        String full = folder.isEmpty() || raw.startsWith("/") ? raw : folder + "/" + raw;
        return switch (WorkspacePath.of(full, workspaceRoot)) {
            case PathReading.Valid(WorkspacePath path) -> path;
            case PathReading.Invalid(String reason) -> throw new Fault(line, "`" + shown(raw) + "`: " + reason);
        };
    }

    /** A line for a message: not too long, and without what a terminal would act on. */
    public static String shown(String line) {
        String visible = CONTROLS.matcher(line).replaceAll("?");
        return visible.codePointCount(0, visible.length()) <= LONGEST_SHOWN
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    }
}
