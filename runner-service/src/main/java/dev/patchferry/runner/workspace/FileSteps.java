package dev.patchferry.runner.workspace;

import dev.patchferry.engine.edit.BinaryDelta;
import dev.patchferry.engine.edit.EditEngine;
import dev.patchferry.engine.edit.EditResult;
import dev.patchferry.engine.edit.Omission;
import dev.patchferry.engine.plan.BinaryChange;
import dev.patchferry.engine.plan.BlobId;
import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.runner.workspace.fs.FileErrors;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The steps of a plan that the engine does itself, on the layers of a tree. */
final class FileSteps {
    private static final StepResult ALREADY = new StepResult.Done(Optional.of("already-applied"));
    private static final int READ_BITS = 0444;

    private final LayeredTree tree;
    private final EditEngine engine = new EditEngine(System::nanoTime);

    FileSteps(LayeredTree tree) {
        this.tree = tree;
    }

    /** What the file system says against a step is an outcome; only a broken disk is an exception. */
    StepResult apply(Step.FileStep step) throws IOException {
        try {
            return switch (step) {
                case Step.Write write -> write(write);
                case Step.Exchange exchange -> exchange(exchange);
                case Step.Delete delete -> delete(delete);
                case Step.Move move -> move(move);
                case Step.Copy(WorkspacePath from, WorkspacePath to) -> copyTo(from, to);
                case Step.Chmod(WorkspacePath path, int mode) -> copy(path, path, mode);
                case Step.SetExecutable(WorkspacePath path, boolean executable) ->
                    copy(path, path, withExecution(tree.kind(path).mode(), executable));
                case Step.Edit edit -> edit(edit);
                case Step.EditOneOf edit -> editOneOf(edit);
            };
        } catch (FileSystemException e) {
            return new StepResult.Refused(FileErrors.inWords(e) + calledSo(step, e));
        }
    }

    /** Which file may be meant by the name of one that is not there. */
    private String calledSo(Step.FileStep step, FileSystemException missing) throws IOException {
        Optional<WorkspacePath> named = switch (step) {
            case Step.Edit edit -> Optional.of(edit.path());
            case Step.EditOneOf edit -> Optional.of(edit.path());
            case Step.Delete delete -> Optional.of(delete.path());
            case Step.Move move -> Optional.of(move.from());
            default -> Optional.empty();
        };
        boolean absent = named.isPresent()
                && named.get().value().equals(missing.getFile())
                && FileErrors.problem(missing).equals(FileErrors.ABSENT);
        List<WorkspacePath> others = absent ? tree.calledAs(named.get()) : List.of();
        String paths = others.stream().map(path -> "`" + path + "`").collect(Collectors.joining(", "));
        return others.isEmpty()
                ? ""
                : "; " + paths + (others.size() == 1 ? " does" : " do")
                        + ". Send the whole path of the file that is meant";
    }

    Optional<String> firstNotMatching(Map<WorkspacePath, String> base) throws IOException {
        for (Map.Entry<WorkspacePath, String> expected : base.entrySet()) {
            if (!sha256(expected.getKey()).equalsIgnoreCase(expected.getValue())) {
                return Optional.of(expected.getKey().value());
            }
        }
        return Optional.empty();
    }

    private StepResult write(Step.Write write) throws IOException {
        if (write.mustBeNew() && !tree.kind(write.path()).isAbsent()) {
            return isThere(write) ? ALREADY : exists(write.path(), "send an update to change it");
        }
        Optional<String> omission = omission(write);
        if (omission.isPresent()) {
            return new StepResult.Refused(write.path() + ": " + omission.get());
        }
        tree.requireNoTwinOf(write.path(), Optional.empty());
        tree.write(write.path(), new ByteArrayInputStream(write.content().toArray()), write.mode());
        return done();
    }

    /** What of the content stands for text that the file has and would lose. */
    private Optional<String> omission(Step.Write write) throws IOException {
        byte[] after = write.content().toArray();
        FileStat kind = tree.kind(write.path());
        boolean loses = kind.isFile()
                && kind.size() <= EditEngine.MAX_BYTES
                && Omission.addedBy(new byte[0], after).isPresent();
        return loses ? Omission.addedBy(tree.read(write.path(), EditEngine.MAX_BYTES), after) : Optional.empty();
    }

    private boolean isThere(Step.Write write) throws IOException {
        FileStat kind = tree.kind(write.path());
        return kind.isFile()
                && kind.size() == write.content().size()
                && Arrays.equals(
                        tree.read(write.path(), write.content().size()),
                        write.content().toArray());
    }

    private StepResult exchange(Step.Exchange exchange) throws IOException {
        byte[] now = tree.read(exchange.path(), EditEngine.MAX_BYTES);
        String id = BlobId.of(now, exchange.before().length());
        if (id.equals(exchange.after())) {
            return ALREADY;
        }
        if (!id.equals(exchange.before())) {
            return new StepResult.Refused(exchange.path() + " is not the file that the patch was made for: its content"
                    + " has another object id than " + exchange.before());
        }
        Optional<byte[]> content = switch (exchange.change()) {
            case BinaryChange.Whole(Bytes whole) -> Optional.of(whole.toArray());
            case BinaryChange.Delta(Bytes delta) -> BinaryDelta.apply(now, delta.toArray());
        };
        Optional<byte[]> promised = content.filter(
                bytes -> BlobId.of(bytes, exchange.after().length()).equals(exchange.after()));
        if (promised.isEmpty()) {
            return new StepResult.Refused(
                    exchange.path() + ": the binary delta does not make what its `index` line promises");
        }
        tree.write(exchange.path(), new ByteArrayInputStream(promised.get()), OptionalInt.empty());
        return done();
    }

    private StepResult delete(Step.Delete delete) throws IOException {
        if (!delete.content().isEmpty()) {
            byte[] before = tree.read(delete.path(), EditEngine.MAX_BYTES);
            switch (engine.edit(before, delete.content())) {
                case EditResult.Edited(Bytes after, String _)
                when after.size() > 0 -> {
                    return new StepResult.Refused(delete.path() + ": the patch deletes the file, but its lines are not"
                            + " all that the file holds; " + after.size() + " bytes would be left");
                }
                case EditResult.Edited _ -> {}
                case EditResult.Refused(String reason) -> {
                    return new StepResult.Refused(delete.path() + ": " + reason);
                }
            }
        }
        tree.delete(delete.path());
        return done();
    }

    private StepResult move(Step.Move move) throws IOException {
        if (!move.overwrites() && !tree.kind(move.to()).isAbsent()) {
            return exists(move.to(), "delete it first");
        }
        tree.requireNoTwinOf(move.to(), Optional.of(move.from()));
        copy(move.from(), move.to(), tree.kind(move.from()).mode());
        tree.delete(move.from());
        return done();
    }

    private StepResult copyTo(WorkspacePath from, WorkspacePath to) throws IOException {
        if (!tree.kind(to).isAbsent()) {
            return exists(to, "delete it first");
        }
        tree.requireNoTwinOf(to, Optional.empty());
        return copy(from, to, tree.kind(from).mode());
    }

    private StepResult copy(WorkspacePath from, WorkspacePath to, int mode) throws IOException {
        try (InputStream content = tree.open(from)) {
            tree.write(to, content, OptionalInt.of(mode));
        }
        return done();
    }

    private StepResult edit(Step.Edit edit) throws IOException {
        boolean makes = edit.mayBeNew() && tree.kind(edit.path()).isAbsent();
        if (makes) {
            tree.requireNoTwinOf(edit.path(), Optional.empty());
        }
        byte[] before = makes ? new byte[0] : tree.read(edit.path(), EditEngine.MAX_BYTES);
        return switch (engine.edit(before, edit.hunks())) {
            case EditResult.Edited(Bytes after, String grade) -> {
                tree.write(edit.path(), new ByteArrayInputStream(after.toArray()), OptionalInt.empty());
                yield new StepResult.Done(Optional.of(grade));
            }
            case EditResult.Refused(String reason) -> new StepResult.Refused(edit.path() + ": " + reason);
        };
    }

    private StepResult editOneOf(Step.EditOneOf edit) throws IOException {
        boolean there = !tree.kind(edit.path()).isAbsent();
        boolean otherThere = !tree.kind(edit.other()).isAbsent();
        if (otherThere && (there || !edit.otherServes())) {
            return new StepResult.Refused("the diff names two files, `" + edit.other() + "` and `" + edit.path()
                    + "`, and " + (there ? "both are" : "the first is") + " there; name the one that is meant, as"
                    + " `target_file` or twice in the patch, or say that it is renamed");
        }
        return edit(new Step.Edit(otherThere ? edit.other() : edit.path(), edit.hunks()));
    }

    private String sha256(WorkspacePath path) throws IOException {
        if (!tree.kind(path).isFile()) {
            return "";
        }
        try (InputStream content = tree.open(path)) {
            return Sha256.of(content);
        }
    }

    /** Whoever may read may execute, as git has it. */
    private static int withExecution(int mode, boolean executable) {
        int execution = (mode & READ_BITS) >> 2;
        return executable ? mode | execution : mode & ~0111;
    }

    private static StepResult exists(WorkspacePath path, String advice) {
        return new StepResult.Refused(path + " exists already; " + advice);
    }

    private static StepResult done() {
        return new StepResult.Done(Optional.empty());
    }
}
