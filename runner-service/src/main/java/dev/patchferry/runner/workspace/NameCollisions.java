package dev.patchferry.runner.workspace;

import dev.patchferry.engine.plan.FoldedName;
import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a path that is about to be made: a name that differs from it in case alone, or in how a letter with
 * an accent is composed, would be the same file wherever the workspace is checked out on a file system that sees neither.
 */
record NameCollisions(DirectoryHandle upperRoot, @Nullable DirectoryHandle lowerRoot) {
    /**
     * Looks beside the first part of the path that is not there yet.
     *
     * @param leaving a file that is about to go, and is no obstacle
     * @throws FileSystemException if there is such a name
     */
    void requireNoTwinOf(WorkspacePath path, Optional<WorkspacePath> leaving) throws IOException {
        StringBuilder reached = new StringBuilder();
        for (String segment : path.value().split("/", -1)) {
            String folder = reached.toString();
            WorkspacePath here = new WorkspacePath(reached.append(segment).toString());
            try (LayeredPath layeredPath = LayeredPath.find(here, upperRoot, lowerRoot)) {
                if (layeredPath.visible().isAbsent()) {
                    Optional<String> twin = twin(layeredPath, folder, leaving);
                    if (twin.isPresent()) {
                        throw new FileSystemException(
                                path.value(),
                                null,
                                "cannot be made beside `" + twin.get() + "`: they are one file where case or the"
                                        + " composition of letters does not count. Write the path as it stands, or choose"
                                        + " another name");
                    }
                    return;
                }
            }
            reached.append('/');
        }
    }

    private Optional<String> twin(LayeredPath layeredPath, String folder, Optional<WorkspacePath> leaving)
            throws IOException {
        for (DirectoryHandle layer : Stream.of(layeredPath.upper(), layeredPath.lower())
                .flatMap(Stream::ofNullable)
                .toList()) {
            for (EntryName entry : layer.list()) {
                String name = entry.toString();
                if (name.equals(layeredPath.name()) || !FoldedName.same(name, layeredPath.name())) {
                    continue;
                }
                String twin = folder + name;
                boolean goes = leaving.filter(path -> path.value().equals(twin)).isPresent();
                if (!goes && isVisible(twin)) {
                    return Optional.of(twin);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isVisible(String path) throws IOException {
        try (LayeredPath layeredPath = LayeredPath.find(new WorkspacePath(path), upperRoot, lowerRoot)) {
            return !layeredPath.visible().isAbsent();
        }
    }
}
