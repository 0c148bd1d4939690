package dev.patchferry.runner.workspace;

import dev.patchferry.runner.edit.EditEngine;
import dev.patchferry.runner.edit.EditResult;
import dev.patchferry.runner.plan.Bytes;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The steps of a plan that the engine does itself, on the layers of a tree. */
final class FileSteps {
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
                case Step.Delete(WorkspacePath path) -> {
                    tree.delete(path);
                    yield done();
                }
                case Step.Move(WorkspacePath from, WorkspacePath to) -> move(from, to);
                case Step.Chmod(WorkspacePath path, int mode) -> {
                    copy(path, path, mode);
                    yield done();
                }
                case Step.Edit edit -> edit(edit);
            };
        } catch (FileSystemException e) {
            return new StepResult.Refused(FileTrouble.inWords(e));
        }
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
            return new StepResult.Refused(write.path() + " exists already; send an update to change it");
        }
        tree.write(write.path(), new ByteArrayInputStream(write.content().toArray()), write.mode());
        return done();
    }

    private StepResult move(WorkspacePath from, WorkspacePath to) throws IOException {
        if (!tree.kind(to).isAbsent()) {
            return new StepResult.Refused(to + " exists already; delete it first");
        }
        copy(from, to, tree.kind(from).mode());
        tree.delete(from);
        return done();
    }

    private void copy(WorkspacePath from, WorkspacePath to, int mode) throws IOException {
        try (InputStream content = tree.open(from)) {
            tree.write(to, content, OptionalInt.of(mode));
        }
    }

    private StepResult edit(Step.Edit edit) throws IOException {
        byte[] before = tree.read(edit.path(), EditEngine.MAX_BYTES);
        return switch (engine.edit(before, edit.hunks())) {
            case EditResult.Edited(Bytes after, String grade) -> {
                tree.write(edit.path(), new ByteArrayInputStream(after.toArray()), OptionalInt.empty());
                yield new StepResult.Done(Optional.of(grade));
            }
            case EditResult.Refused(String reason) -> new StepResult.Refused(edit.path() + ": " + reason);
        };
    }

    private String sha256(WorkspacePath path) throws IOException {
        if (!tree.kind(path).isFile()) {
            return "";
        }
        try (InputStream content = tree.open(path)) {
            return Sha256.of(content);
        }
    }

    private static StepResult done() {
        return new StepResult.Done(Optional.empty());
    }
}
