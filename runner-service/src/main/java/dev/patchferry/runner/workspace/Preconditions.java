package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What must hold before a patch may begin in a workspace; each refusal names what is wrong and what to do. Overlayfs
 * itself would answer some of these with silence, and some with an error in the middle of a patch.
 */
final class Preconditions {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT_FIELD = 4;
    private static final String NOT_IN_MOUNT_OPTIONS = ",:\\\"\n";

    private Preconditions() {}

    /**
     * Why no transaction can begin, if it cannot.
     *
     * @param transactions where the upper layers will be
     */
    static Optional<String> violatedBy(Path workspace, Path transactions) throws IOException {
        if (!Files.isDirectory(workspace)) {
            return Optional.of("the workspace " + workspace + " is not a directory; create it");
        }
        if (workspace.startsWith(transactions) || transactions.startsWith(workspace)) {
            return Optional.of(
                    "the workspace " + workspace + " and FERRY_HOME lie inside one another; move one of them");
        }
        for (Path path : new Path[] {workspace, transactions}) {
            if (path.toString().chars().anyMatch(c -> NOT_IN_MOUNT_OPTIONS.indexOf(c) >= 0)) {
                return Optional.of("the path " + path + " holds a character that a mount cannot name; rename it");
            }
        }
        if (Files.getFileStore(transactions).type().equals("overlay")) {
            return Optional.of("FERRY_HOME lies on overlayfs, which cannot hold a transaction; put it on a volume");
        }
        Owner process = Owner.ofThisProcess();
        if (!process.isRoot() && Owner.of(workspace).uid() != process.uid()) {
            return Optional.of("the workspace " + workspace + " belongs to user "
                    + Owner.of(workspace).uid() + ", the runner runs as user " + process.uid()
                    + "; run it as that user or change the owner");
        }
        return mountBelow(workspace).map(mount -> "there is a mount inside the workspace at " + mount + "; unmount it");
    }

    private static Optional<String> mountBelow(Path workspace) throws IOException {
        String prefix = workspace + "/";
        return Files.readAllLines(MOUNTS).stream()
                .map(line -> line.split(" ", MOUNT_POINT_FIELD + 2)[MOUNT_POINT_FIELD])
                .filter(mount -> mount.startsWith(prefix))
                .findFirst();
    }
}
