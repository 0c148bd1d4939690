package dev.patchferry.runner.workspace;

import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Replacement;
import dev.patchferry.engine.plan.Replacement.Matches;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.List;
import java.util.OptionalInt;

/** The steps that tests are made of, in few words. */
public final class Steps {
    private Steps() {}

    public static Step.Write write(String path, String content) {
        return new Step.Write(path(path), Bytes.utf8(content), OptionalInt.empty(), false);
    }

    public static Step.Write writeNew(String path, String content) {
        return new Step.Write(path(path), Bytes.utf8(content), OptionalInt.empty(), true);
    }

    public static Step.Delete delete(String path) {
        return new Step.Delete(path(path));
    }

    public static Step.Move move(String from, String to) {
        return new Step.Move(path(from), path(to), false);
    }

    public static Step.Chmod chmod(String path, int mode) {
        return new Step.Chmod(path(path), mode);
    }

    /** Replaces a text that stands there literally. */
    public static Step.Edit edit(String path, String old, String fresh) {
        return new Step.Edit(path(path), List.of(new Replacement(old, fresh, false, Matches.FIRST)));
    }

    public static WorkspacePath path(String path) {
        return new WorkspacePath(path);
    }
}
