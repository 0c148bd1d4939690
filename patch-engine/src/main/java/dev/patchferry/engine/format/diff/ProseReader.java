package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.format.text.PathsInProse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what stands around the hunks of a diff: what tools put there, mails, prose. Remembers which files it names, since
 * hunks below such a line are not for another file.
 */
final class ProseReader {
    private static final Pattern PATCH_OF_A_SERIES = Pattern.compile("From [0-9a-f]{40} .*|# HG changeset patch");
    private static final Pattern COMMIT = Pattern.compile("commit [0-9a-f]{7,64}(?: .*)?");
    private static final Pattern MAIL_HEADER = Pattern.compile("(?:From|Date|Subject|Message-I[dD]|To|Cc): .*");
    private static final Pattern COMBINED = Pattern.compile("diff --(?:cc|combined) .*");
    private static final Pattern CONTEXT_DIFF = Pattern.compile("\\*{15}.*");
    private static final Pattern NAMING = Pattern.compile(
            "Index: (.+)|\\*\\*\\* Update File: (.+)" + "|diff (?:-\\S+ )*(?:\\S+ )?(\\S+)|[-+]{3} (\\S+)");
    private static final String END_OF_PATCH = "*** End Patch";
    private static final String PROPERTIES = "Property changes on: ";

    private static final int MOST_NAMED = 1_000;

    private final PatchLines lines;
    private final List<String> notes = new ArrayList<>();
    private final List<Named> named = new ArrayList<>();
    private boolean inMessage;
    private boolean inSection;
    private int commits;
    private int unread;

    /** A file that a line names. */
    private record Named(String path, int line) {}

    ProseReader(PatchLines lines) {
        this.lines = lines;
    }

    boolean beginsPatchOfASeries() {
        return PATCH_OF_A_SERIES.matcher(lines.peek()).matches();
    }

    /** The hunks of a file were read: what was named above it is done with. */
    void sectionEnds() {
        named.clear();
        inMessage = false;
        inSection = true;
    }

    /** Reads the next line. */
    void read() {
        if (lines.peek().isBlank()) {
            lines.skipBlank();
            return;
        }
        String line = lines.peek();
        if (COMBINED.matcher(line).matches()) {
            throw lines.fault(
                    "this is a combined diff of a merge, which cannot be applied; send a diff against one parent");
        }
        if (CONTEXT_DIFF.matcher(line).matches()) {
            throw lines.fault("this is a context diff; send a unified one, as `diff -u` and `git diff` make it");
        }
        beginMessage(line);
        if (line.startsWith(PROPERTIES)) {
            readProperties();
        } else if (inMessage || (inSection && line.strip().equals(END_OF_PATCH))) {
            lines.read();
        } else {
            readProse(line);
        }
    }

    /** A mail, or what version control says of a commit, is free text up to the diff. */
    private void beginMessage(String line) {
        boolean commit = COMMIT.matcher(line).matches();
        commits += commit ? 1 : 0;
        if (commits > 1) {
            throw lines.fault("these are several commits in the order of a log, the latest first; send them as `git"
                    + " format-patch` writes them, or one by one");
        }
        boolean signature = inSection && (line.equals("-- ") || line.equals("--"));
        boolean head = !inSection && MAIL_HEADER.matcher(line).matches();
        inMessage |= commit || head || signature || beginsPatchOfASeries();
    }

    private void readProperties() {
        notes.add("the " + PatchLines.shown(lines.read()).replace(PROPERTIES, "property changes of "));
        while (!lines.atEnd() && !lines.peek().startsWith("Index: ") && !SectionReader.beginsFile(lines, 0)) {
            lines.skip(1);
        }
    }

    private void readProse(String line) {
        int number = lines.number();
        Matcher naming = NAMING.matcher(line);
        if (naming.matches()) {
            for (int group = 1; group <= naming.groupCount(); group++) {
                Optional.ofNullable(naming.group(group)).ifPresent(path -> named.add(new Named(path.strip(), number)));
            }
        } else if (named.size() < MOST_NAMED) {
            PathsInProse.in(line).forEach(path -> named.add(new Named(path, number)));
        }
        boolean sign = line.startsWith("+") || line.startsWith("-");
        if (sign && !naming.matches() && !HunkEnd.isProse(line)) {
            throw lines.fault("`" + PatchLines.shown(line)
                    + "` begins like a line of a hunk, but stands in none; put it" + " below a line @@");
        }
        if (naming.matches()) {
            lines.read();
        } else {
            lines.pass();
        }
        unread += line.isBlank() ? 0 : 1;
    }

    /** @throws dev.patchferry.engine.format.text.Fault if a line above names a file and it is not this one */
    void requireNoOtherFile(Optional<String> file) {
        for (Named each : named) {
            if (file.filter(path -> isSame(each.path(), path)).isEmpty()) {
                throw lines.fault("line " + each.line() + " names `" + PatchLines.shown(each.path())
                        + "`, so it cannot be told which file this hunk is for; put `--- a/path` and `+++ b/path` above"
                        + " it");
            }
        }
        if (file.isEmpty()) {
            throw lines.fault("a hunk stands under no file's name; put `--- a/path` and `+++ b/path` above it");
        }
    }

    private static boolean isSame(String named, String path) {
        return path.equals(named) || path.endsWith("/" + named) || named.endsWith("/" + path);
    }

    /** What nobody acts on; the caller's to add to. */
    List<String> notes() {
        if (unread > 0) {
            notes.addFirst(unread + " lines around the diff that are no part of it");
        }
        return notes;
    }
}
