package dev.patchferry.runner.format.diff;

import dev.patchferry.runner.format.text.Fault;
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
    private static final int EXECUTABLE = 0755;

    private final WorkspacePath path;
    private final GitHeader header;
    private final List<HunkReader.Read> hunks;
    private final Optional<Bytes> binary;
    private final int line;
    private final List<String> notes = new ArrayList<>();

    SectionSteps(WorkspacePath path, GitHeader header, List<HunkReader.Read> hunks, Optional<Bytes> binary, int line) {
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
            steps.add(new Step.Write(path, binary.map(this::verified).orElseGet(this::content), mode, true));
        } else if (deletes) {
            steps.add(new Step.Delete(path, List.copyOf(lineHunks())));
        } else {
            binary.ifPresent(content -> steps.add(new Step.Exchange(path, verified(content), ids()[0])));
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

    private Bytes verified(Bytes content) {
        String expected = ids()[1];
        if (!BlobId.of(content.toArray(), expected.length()).equals(expected)) {
            throw new Fault(line, "the binary content of `" + path + "` is not what its `index` line promises");
        }
        return content;
    }

    private String[] ids() {
        return header.objectIds()
                .orElseThrow(() -> new Fault(
                        line,
                        "a binary patch needs an `index` line with both object ids in full; make it with `git diff"
                                + " --binary --full-index`"));
    }
}
