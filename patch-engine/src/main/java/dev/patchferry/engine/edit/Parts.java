package dev.patchferry.engine.edit;

import java.util.regex.Pattern;

/**
 * The parts of a file that its lines head: a function's body, a section. What is indented deeper than a line belongs to
 * it; where nothing is, a line that looks like a heading heads all up to the next that looks like it.
 */
final class Parts {
    /** The clock is looked at every so many lines. */
    private static final int STRIDE = 1024;

    private static final Pattern GOES_ON =
            Pattern.compile("[})\\]].*|#.*|//.*|/?\\*.*|(?:else|elif|except|finally|catch|rescue"
                    + "|ensure|end|public|private|protected|default|case)\\b.*");

    private final FileIndexes fileIndexes;
    private final FileLines file;

    Parts(FileIndexes fileIndexes) {
        this.fileIndexes = fileIndexes;
        this.file = fileIndexes.file();
    }

    /** The line behind the last that this one heads; the file's end if nothing tells. */
    int endOf(int heading) {
        boolean flat = isFlat(heading);
        int depth = depth(heading);
        String shape = shape(heading);
        if (flat && shape.isEmpty()) {
            return file.count();
        }
        for (int line = heading + 1; line < file.count(); line++) {
            if (line % STRIDE == 0) {
                fileIndexes.deadline().check();
            }
            boolean ends = flat ? shape(line).equals(shape) : goesOnBelow(line);
            if (ends && depth(line) <= depth) {
                return line;
            }
        }
        return file.count();
    }

    private boolean goesOnBelow(int line) {
        return isTelling(line) && !GOES_ON.matcher(text(line)).matches();
    }

    /** Whether what follows a line is indented no deeper than it. */
    boolean isFlat(int heading) {
        for (int line = heading + 1; line < file.count(); line++) {
            if (isTelling(line)) {
                return depth(line) <= depth(heading);
            }
        }
        return true;
    }

    /** What lines that head parts of the same kind have in common; empty for a line that looks like any other. */
    private String shape(int line) {
        String text = text(line);
        if (text.isEmpty()) {
            return "";
        }
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        if (first == '#') {
            return "#".repeat((int) text.chars().takeWhile(c -> c == '#').count());
        }
        if (first == '[' && last == ']') {
            return "[]";
        }
        return last == ':' || last == '{' ? String.valueOf(last) : "";
    }

    int depth(int line) {
        return file.line(line).indentation().length();
    }

    boolean isTelling(int line) {
        return text(line).codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private String text(int line) {
        return file.line(line).toString().strip();
    }
}
