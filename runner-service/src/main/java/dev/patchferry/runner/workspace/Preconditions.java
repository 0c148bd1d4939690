package dev.patchferry.runner.workspace;

import dev.patchferry.runner.git.OwnersGit;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What must hold before a patch may begin in a workspace; each refusal names what is wrong and what to do. Overlayfs
 * itself would answer some of these with silence, and some with an error in the middle of a patch.
 */
final class Preconditions {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path SETTINGS = Path.of("/etc");
    private static final Path USERS = Path.of("/etc/passwd");
    private static final int MOUNT_POINT_FIELD = 4;
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    private static final String NOT_IN_MOUNT_OPTIONS = ",:\\\"\n";

    private final Path transactions;
    /** What it lies on does not change while the runner runs, and finding out reads every mount of the machine. */
    private volatile @Nullable String fileSystem;

    /**
     * @param transactions where the upper layers will be
     */
    Preconditions(Path transactions) {
        this.transactions = transactions;
    }

    /** Why no transaction can begin anywhere, if none can. */
    Optional<String> violatedEverywhere() throws IOException {
        String encoding = System.getProperty("sun.jnu.encoding", "");
        if (!encoding.equals("UTF-8")) {
            return Optional.of("file names outside of ASCII cannot be used, since the locale's encoding is " + encoding
                    + "; start the runner with LC_ALL=C.UTF-8");
        }
        if (!canBeNamed(transactions)) {
            return Optional.of(cannotBeNamed(transactions));
        }
        Optional<String> closed = closedToTheRunner();
        if (closed.isPresent()) {
            return closed;
        }
        return fileSystem().equals("overlay")
                ? Optional.of("FERRY_HOME lies on overlayfs, which cannot hold a transaction; put it on a volume")
                : Optional.empty();
    }

    /**
     * Why no transaction can begin in a workspace, if it cannot.
     *
     * @param apart folders that must neither hold the workspace nor lie in it
     */
    Optional<String> violatedBy(Path workspace, List<Path> apart) throws IOException {
        if (!Files.isDirectory(workspace, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("the workspace " + workspace + " is not a directory (any more); create it");
        }
        for (Path other : apart) {
            if (workspace.startsWith(other) || other.startsWith(workspace)) {
                return Optional.of("the workspace " + workspace + " and " + other
                        + ", which has to be kept apart from it, lie inside one another; move one of them");
            }
        }
        if (!canBeNamed(workspace)) {
            return Optional.of(cannotBeNamed(workspace));
        }
        Optional<Path> mount = mountBelow(workspace);
        if (mount.isPresent()) {
            return Optional.of("there is a mount inside the workspace at " + mount.get() + "; unmount it");
        }
        Optional<Path> repository = OwnersGit.linkedDirectory(workspace).filter(git -> !git.startsWith(workspace));
        if (repository.isPresent()) {
            return Optional.of("the workspace " + workspace + " is a linked worktree or a submodule: its repository is "
                    + repository.get() + ", where commands neither see nor change anything; use a clone as the"
                    + " workspace, as `git clone --no-hardlinks " + workspace + " FOLDER` makes it");
        }
        Owner process = Owner.ofThisProcess();
        if (!process.isRoot() && Owner.of(workspace).uid() != process.uid()) {
            return Optional.of("the workspace " + workspace + " belongs to user "
                    + Owner.of(workspace).uid() + ", the runner runs as user " + process.uid()
                    + "; run it as that user or change the owner");
        }
        return Optional.empty();
    }

    /** Commands fail in many ways without what every user may read; better nothing begins. */
    private static Optional<String> closedToTheRunner() {
        String user = "user " + Owner.ofThisProcess().uid() + ", as whom the runner and its commands run, may not ";
        if (Files.isDirectory(SETTINGS) && !(Files.isExecutable(SETTINGS) && Files.isReadable(SETTINGS))) {
            return Optional.of(
                    user + "look into " + SETTINGS + ", which nearly every program does; chmod a+rx " + SETTINGS);
        }
        return Files.exists(USERS) && !Files.isReadable(USERS)
                ? Optional.of(user + "read " + USERS + ", in which programs look up who they are; chmod a+r " + USERS)
                : Optional.empty();
    }

    private static boolean canBeNamed(Path path) {
        return path.toString().chars().noneMatch(c -> NOT_IN_MOUNT_OPTIONS.indexOf(c) >= 0);
    }

    private static String cannotBeNamed(Path path) {
        return "the path " + path + " holds a character that a mount cannot name; rename it";
    }

    private String fileSystem() throws IOException {
        String known = fileSystem;
        if (known == null) {
            known = Files.getFileStore(transactions).type();
            fileSystem = known;
        }
        return known;
    }

    private static Optional<Path> mountBelow(Path workspace) throws IOException {
        String below = " " + escaped(workspace.toString()) + "/";
        return Files.readAllLines(MOUNTS).stream()
                .filter(line -> line.contains(below))
                .map(line -> Path.of(unescaped(line.split(" ", MOUNT_POINT_FIELD + 2)[MOUNT_POINT_FIELD])))
                .filter(mount -> mount.startsWith(workspace) && !mount.equals(workspace))
                .findFirst();
    }

    /** Space, tab, newline and backslash stand as octal numbers in mountinfo (proc(5)). */
    private static String escaped(String path) {
        return path.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }

    private static String unescaped(String mount) {
        return OCTAL.matcher(mount)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
    }
}
