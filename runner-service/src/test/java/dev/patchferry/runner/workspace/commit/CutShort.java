package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A commit, or its undo, as a crash leaves it: some moves are made, and nothing after them. */
final class CutShort {
    private CutShort() {}

    /**
     * Makes the first moves.
     *
     * @param folder of the transaction
     */
    static void after(int moves, Path workspace, Path folder, List<Change> prepared, Direction direction)
            throws IOException {
        try (StagedFiles staged = Staging.of(folder).open();
                DirectoryHandle root = DirectoryHandle.root(workspace)) {
            for (int index : order(prepared.size(), direction).subList(0, moves)) {
                Change change = prepared.get(index);
                try (CommitMove commitMove =
                        CommitMove.of(change, EntryLocation.of(root, change.path()), staged, index)) {
                    commitMove.move(direction);
                }
            }
        }
    }

    private static List<Integer> order(int size, Direction direction) {
        List<Integer> forward = IntStream.range(0, size).boxed().toList();
        return direction == Direction.FORWARD ? forward : forward.reversed();
    }
}
