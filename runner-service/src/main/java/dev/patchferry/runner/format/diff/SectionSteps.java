package dev.patchferry.runner.format.diff;

import dev.patchferry.runner.format.text.Fault;
import dev.patchferry.runner.plan.BinaryChange;
import dev.patchferry.runner.plan.BlobId;
import dev.patchferry.runner.plan.Bytes;
import dev.patchferry.runner.plan.HunkLine;
import dev.patchferry.runner.plan.LineHunk;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes of what a diff says of a file the steps that do it. */
final class SectionSteps {
    private static final BinaryChange EMPTY = new BinaryChange.Whole(Bytes.of(new byte[0]));
    private static final int EXECUTABLE = 0755;

    private final WorkspacePath path;
    private final GitHeader header;
    private final List<HunkReader.Read> hunks;
    private final Optional<BinaryChange> binary;
    private final int line;
    private final List<String> notes = new ArrayList<>();

    SectionSteps(
            WorkspacePath path,
            GitHeader header,
            List<HunkReader.Read> hunks,
            Optional<BinaryChange> binary,
            int line) {
        this.path = path;
        this.header = header;
        this.hunks = hunks;
        this.binary = binary;
        this.line = line;
    }

    WorkspacePath path() {
        return path;
    }

    List<String> notes() {
        return notes;
    }

    /** @throws Fault if the file would be left as it is */
    List<Step> of(boolean makes, boolean deletes, boolean moves) {
        Optional<Boolean> executable = header.executable();
        List<Step> steps = new ArrayList<>();
        if (makes) {
            OptionalInt mode = executable.orElse(false) ? OptionalInt.of(EXECUTABLE) : OptionalInt.empty();
            steps.add(new Step.Write(path, binary.map(this::whole).orElseGet(this::content), mode, true));
        } else if (deletes) {
            // Emptied first, so that a file of another content is not deleted.
            binary.ifPresent(_ -> steps.add(new Step.Exchange(path, EMPTY, ids()[0], emptyId())));
            steps.add(new Step.Delete(path, List.copyOf(lineHunks())));
        } else {
            binary.ifPresent(change -> steps.add(new Step.Exchange(path, verified(change), ids()[0], ids()[1])));
            List<LineHunk> changes = lineHunks();
            if (!changes.isEmpty()) {
                steps.add(new Step.Edit(path, List.copyOf(changes), addsOnly()));
            }
            executable.filter(_ -> header.changesMode()).ifPresent(may -> steps.add(new Step.SetExecutable(path, may)));
        }
        if (steps.isEmpty() && !moves) {
            throw new Fault(line, "the diff changes nothing in `" + path + "`");
        }
        return steps;
    }

    private List<LineHunk> lineHunks() {
        List<LineHunk> changes = new ArrayList<>();
        for (int i = 0; i < hunks.size(); i++) {
            Optional<LineHunk> hunk = hunks.get(i).hunk(i + 1);
            hunk.ifPresent(changes::add);
            if (hunk.isEmpty()) {
                notes.add("hunk " + (i + 1) + " of " + path + ", which changes nothing");
            }
        }
        return changes;
    }

    private boolean addsOnly() {
        return hunks.stream().flatMap(hunk -> hunk.body().toList().stream()).noneMatch(HunkLine::isOld);
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

    private String emptyId() {
        return id(Bytes.of(new byte[0]));
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
