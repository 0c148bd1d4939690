package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.HunkLines;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.EitherHunk;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.HunkPosition;
import dev.patchferry.engine.plan.LineHunk;
import java.util.Optional;

/** Reads one hunk. Its counts say where it ends, if they can be right; else it ends where something else begins. */
final class HunkReader {
    private final PatchLines lines;
    private final HunkHeader header;
    private final HunkEnd end;

    private HunkReader(PatchLines lines, HunkHeader header) {
        this.lines = lines;
        this.header = header;
        this.end = new HunkEnd(lines, header);
    }

    /**
     * A hunk as it stands in the diff.
     *
     * @param counted the lines that its counts cover, if lines of context follow them
     */
    record Read(HunkHeader header, HunkLines body, Optional<HunkLines> counted, boolean countsHold, int line) {
        /** The hunk; empty if it changes nothing. */
        Optional<Hunk> hunk(int number) {
            if (!body.changeSomething()) {
                return Optional.empty();
            }
            LineHunk whole = named(number, body);
            return Optional.of(counted.<Hunk>map(part -> new EitherHunk(whole, named(number, part)))
                    .orElse(whole));
        }

        /** Whether it says the same as another one, of the same place. */
        boolean repeats(Read other) {
            return header.equals(other.header)
                    && header.line().isPresent()
                    && body.toList().equals(other.body.toList());
        }

        private LineHunk named(int number, HunkLines part) {
            String name = "hunk " + number + " (" + PatchLines.shown(header.text()) + ")";
            return new LineHunk(
                    name, part.toList(), new HunkPosition.Stated(header.line(), countsHold, header.heading()));
        }
    }

    /** Reads the hunk whose header is the next line. */
    static Read read(PatchLines lines) {
        int number = lines.number();
        return new HunkReader(lines, HunkHeader.read(lines)).read(number);
    }

    /** Reads a hunk that begins right under the names of its file. */
    static Read readWithoutHeader(PatchLines lines) {
        return new HunkReader(lines, HunkHeader.MISSING).read(lines.number());
    }

    private Read read(int number) {
        int counted = end.byCounts(false).orElse(-1);
        if (counted >= 0) {
            HunkLines body = take(counted);
            int more = end.contextThatFollows();
            return more == 0
                    ? new Read(header, body, Optional.empty(), true, number)
                    : new Read(header, withContext(counted, more), Optional.of(body), true, number);
        }
        int unspaced = end.byCounts(true).orElse(-1);
        return unspaced >= 0
                ? new Read(header, take(unspaced), Optional.empty(), true, number)
                : new Read(header, takeUntilSomethingElse(), Optional.empty(), false, number);
    }

    private HunkLines take(int count) {
        HunkLines body = new HunkLines();
        for (int i = 0; i < count; i++) {
            int number = lines.number();
            body.add(lines.read(), number);
        }
        return body;
    }

    private HunkLines withContext(int counted, int more) {
        lines.skip(-counted);
        return take(counted + more);
    }

    private HunkLines takeUntilSomethingElse() {
        HunkLines body = new HunkLines();
        int known = 0;
        int begun = lines.number();
        for (int ahead = 0; !end.isAt(ahead); ahead++) {
            body.add(lines.peek(ahead), begun + ahead);
            known = body.unmarkedAtEnd() == 0 && !lines.peek(ahead).isEmpty() ? ahead + 1 : known;
        }
        if (body.unmarkedAtEnd() > 0) {
            body = withoutWhatFollows(body, known);
        }
        lines.skip(known);
        body.dropBlankEnd();
        if (!body.sayChange() && body.size() > 0) {
            throw new Fault(
                    begun, "this hunk has no line that begins with + or -; if one lost its mark, send it again");
        }
        body.doubtful().ifPresent(line -> {
            throw lostMark(line);
        });
        return body;
    }

    /** Lines at the end that do not say what they are follow the hunk, or belong to it and lost their marks. */
    private HunkLines withoutWhatFollows(HunkLines body, int known) {
        boolean glued = !lines.peek(known).isEmpty();
        HunkLines marked = body.upToLastMarked();
        boolean lacks = header.newCount().orElse(0) > marked.newCount()
                || header.oldCount().orElse(0) > marked.oldCount();
        boolean counted = header.newCount().isPresent();
        boolean lost = glued ? lacks || !counted : lacks && !end.isSentence(firstBehind(known));
        if (lost) {
            throw lostMark(lines.number() + firstBehind(known));
        }
        return marked;
    }

    private int firstBehind(int known) {
        int ahead = known;
        while (lines.peek(ahead).isBlank() && lines.has(ahead)) {
            ahead++;
        }
        return ahead;
    }

    private static Fault lostMark(int line) {
        return new Fault(
                line,
                "this line begins with none of space, + and -, so it cannot be told whether it stays, comes or goes, and"
                        + " the hunk's counts do not say it either; give it its mark, or leave a blank line above it if"
                        + " it is no part of the hunk");
    }

    static boolean beginsHunk(String line) {
        return line.startsWith("@@");
    }
}
