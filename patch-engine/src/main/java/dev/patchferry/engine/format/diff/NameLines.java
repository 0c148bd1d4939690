package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the lines above a file's hunks say it is called.
 *
 * @param inGitLine behind {@code diff --git}
 * @param header what git says below that
 * @param inLines behind {@code ---} and {@code +++}
 * @param number the first of these lines
 */
record NameLines(Optional<Names> inGitLine, GitHeader header, Optional<Names> inLines, int number) {

    /**
     * The file that is meant.
     *
     * @param path as it is called afterwards, or was called if it is deleted
     * @param moved what it was called before, if it is moved
     * @param other the diff's other name for it, at which there must be no file
     */
    record Meant(String path, Optional<String> moved, Optional<String> other) {
        Meant(String path) {
            this(path, Optional.empty(), Optional.empty());
        }
    }

    boolean makes() {
        return header.makes() || inLines.filter(Names::isNew).isPresent();
    }

    boolean deletes() {
        return header.deletes() || inLines.filter(Names::isGone).isPresent();
    }

    /** The most explicit line decides; the others must not contradict it. */
    Meant meant(PatchLines lines, Optional<String> targetFile, OptionalInt strip) {
        Optional<String> from = header.path("rename from ", "rename old ", "copy from ");
        Optional<String> to = header.path("rename to ", "rename new ", "copy to ");
        if (from.isPresent() != to.isPresent()) {
            throw lines.fault("a rename or a copy names both files, with `rename from` and `rename to`");
        }
        if (from.isPresent() && to.isPresent()) {
            return new Meant(to.get(), header.path("rename from ", "rename old "), Optional.empty());
        }
        if (inGitLine.isPresent() && inLines.isPresent()) {
            requireSameNames(inGitLine.get(), inLines.get(), strip);
        }
        return inGitLine
                .or(() -> inLines)
                .map(names -> meant(names, targetFile, strip))
                .or(() -> targetFile.map(Meant::new))
                .orElseThrow(() -> unnamed(number));
    }

    private Meant meant(Names asWritten, Optional<String> targetFile, OptionalInt strip) {
        Names names = asWritten.stripped(strip);
        if (names.bothMissing()) {
            throw new Fault(number, "both names are " + Names.NOTHING + "; a file has a name before or after");
        }
        OneFile one = new OneFile(names, !names.equals(asWritten));
        boolean differ = !names.old().equals(names.fresh());
        if (one.isUnnamed() && (differ || names.fresh().isEmpty())) {
            return new Meant(targetFile.orElseThrow(() -> unnamed(number)));
        }
        Optional<String> path = one.byConvention();
        if (path.isPresent()) {
            return new Meant(path.get());
        }
        Optional<String> target = one.byTarget(targetFile);
        if (target.isPresent()) {
            return new Meant(target.get());
        }
        if (inGitLine.isPresent() && !header.isGits()) {
            throw new Fault(number, twoFiles(names.old(), names.fresh()));
        }
        return inGitLine.isPresent()
                ? new Meant(names.fresh(), Optional.of(names.old()), Optional.empty())
                : new Meant(names.fresh(), Optional.empty(), Optional.of(names.old()));
    }

    /** Which file two different names are for cannot be told without the workspace. */
    static String twoFiles(String old, String fresh) {
        return "the diff names two files, `" + PatchLines.shown(old) + "` and `" + PatchLines.shown(fresh)
                + "`; a rename has lines `rename from` and `rename to`, and a change of one file names it twice or as"
                + " `target_file`";
    }

    private static Fault unnamed(int number) {
        return new Fault(
                number, "nothing says which file this is about; put `--- a/path` and `+++ b/path` above the hunks");
    }

    private void requireSameNames(Names inGitLine, Names inLines, OptionalInt strip) {
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

    /** Another name as a path. */
    static Optional<WorkspacePath> path(PatchLines lines, Optional<String> name, int number) {
        return name.map(raw -> lines.path(raw, number));
    }
}
