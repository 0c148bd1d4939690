package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.plan.BinaryChange;
import dev.patchferry.engine.plan.BlobId;
import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.HunkLine;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes of what a diff says of a file the steps that do it. */
final class SectionSteps {
    private static final BinaryChange EMPTY = new BinaryChange.Whole(Bytes.of(new byte[0]));
    private static final int EXECUTABLE = 0755;
    private static final int SHA1_DIGITS = 40;

    private final WorkspacePath path;
    private final Optional<WorkspacePath> other;
    private final GitHeader header;
    private final List<HunkReader.Read> hunks;
    private final Optional<BinaryChange> binary;
    private final int line;
    private final List<String> notes = new ArrayList<>();

    /** @param other a path at which there must be no file, or it cannot be told which of the two is meant */
    SectionSteps(
            WorkspacePath path,
            Optional<WorkspacePath> other,
            GitHeader header,
            List<HunkReader.Read> hunks,
            Optional<BinaryChange> binary,
            int line) {
        this.path = path;
        this.other = other;
        this.header = header;
        this.hunks = hunks;
        this.binary = binary;
        this.line = line;
    }

    List<String> notes() {
        return notes;
    }

    /** @throws Fault if the file would be left as it is */
    List<Step> of(boolean makes, boolean deletes, boolean moves) {
        List<Step> steps = new ArrayList<>();
        if (makes) {
            make(steps);
        } else if (deletes) {
            delete(steps);
        } else {
            change(steps);
        }
        if (steps.isEmpty() && !moves) {
            throw new Fault(line, "the diff changes nothing in `" + path + "`");
        }
        return steps;
    }

    private void make(List<Step> steps) {
        if (binary.isEmpty() && hunks.isEmpty() && !header.makes()) {
            throw new Fault(line, "`" + path + "` is a new file, but none of its lines is there; send them below @@");
        }
        OptionalInt mode = header.executable().orElse(false) ? OptionalInt.of(EXECUTABLE) : OptionalInt.empty();
        steps.add(new Step.Write(path, binary.map(this::whole).orElseGet(this::content), mode, true));
    }

    /** A file is deleted only when it holds what the diff says it does. */
    private void delete(List<Step> steps) {
        List<Hunk> content = lineHunks();
        if (binary.isPresent()) {
            steps.add(new Step.Exchange(path, EMPTY, ids()[0], emptyId(ids()[1].length())));
        } else if (content.isEmpty() && header.deletes()) {
            steps.add(new Step.Exchange(path, EMPTY, emptyId(SHA1_DIGITS), emptyId(SHA1_DIGITS)));
        } else if (content.isEmpty()) {
            throw new Fault(
                    line,
                    "`" + path + "` is to be deleted, but none of its lines is there; send them with a minus, or"
                            + " {\"op\": \"delete\"} in `mutations`");
        }
        steps.add(new Step.Delete(path, content));
    }

    private void change(List<Step> steps) {
        binary.ifPresent(change -> steps.add(new Step.Exchange(path, verified(change), ids()[0], ids()[1])));
        List<Hunk> changes = lineHunks();
        if (!changes.isEmpty()) {
            steps.add(other.<Step>map(old -> new Step.EditOneOf(path, old, false, changes))
                    .orElseGet(() -> new Step.Edit(path, changes, makesByAdding())));
        }
        header.executable()
                .filter(_ -> header.changesMode())
                .ifPresent(may -> steps.add(new Step.SetExecutable(path, may)));
    }

    private List<Hunk> lineHunks() {
        List<Hunk> changes = new ArrayList<>();
        for (int i = 0; i < hunks.size(); i++) {
            Optional<Hunk> hunk = hunks.get(i).hunk(i + 1);
            hunk.ifPresent(changes::add);
            if (hunk.isEmpty()) {
                notes.add("hunk " + (i + 1) + " of " + path + ", which changes nothing");
            }
        }
        return changes;
    }

    /** Whether all that is said could be a new file: lines that come, from the first on. */
    private boolean makesByAdding() {
        return hunks.stream().allMatch(hunk -> hunk.header().line().orElse(0) <= 1)
                && hunks.stream().flatMap(hunk -> hunk.body().toList().stream()).noneMatch(HunkLine::isOld);
    }

    /** All lines of a new file; an empty one may have lost its plus. */
    private Bytes content() {
        StringBuilder content = new StringBuilder();
        for (HunkReader.Read hunk : hunks) {
            for (HunkLine each : hunk.body().toList()) {
                if (each.isOld() && !each.text().isEmpty()) {
                    throw new Fault(hunk.line(), "`" + path + "` is a new file, so all its lines begin with +");
                }
                content.append(each.text()).append(each.ended() ? "\n" : "");
            }
        }
        return Bytes.utf8(content.toString());
    }

    /** The content of a new file. */
    private Bytes whole(BinaryChange change) {
        return switch (verified(change)) {
            case BinaryChange.Whole(Bytes content) -> content;
            case BinaryChange.Delta _ ->
                throw new Fault(line, "`" + path + "` is a new file, so there is nothing that a delta could be about");
        };
    }

    /** What a delta makes can be verified only when it is applied. */
    private BinaryChange verified(BinaryChange change) {
        if (change instanceof BinaryChange.Whole(Bytes content) && !id(content).equals(ids()[1])) {
            throw new Fault(line, "the binary content of `" + path + "` is not what its `index` line promises");
        }
        return change;
    }

    private static String emptyId(int digits) {
        return BlobId.of(new byte[0], digits);
    }

    private String id(Bytes content) {
        return BlobId.of(content.toArray(), ids()[1].length());
    }

    private String[] ids() {
        return header.objectIds()
                .orElseThrow(() -> new Fault(
                        line,
                        "a binary patch needs an `index` line with both object ids in full; make it with `git diff"
                                + " --binary --full-index`"));
    }
}
