package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.Owner;
import dev.patchferry.runner.workspace.Surroundings;
import dev.patchferry.runner.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Bubblewrap around a command. The command sees system folders read-only, its workspace under the usual
 * path, a private HOME and /tmp, and nothing else; it has no network, no capabilities and no other process to talk to.
 *
 * @see <a href="https://github.com/containers/bubblewrap">bubblewrap(1)</a>
 */
final class Confinement {
    private static final List<String> SYSTEM =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/etc");
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");
    static final String HOME = "/home/patch";
    private static final String OPTIONS = "6";
    /** Where the filter of {@link NamespaceFilter} is open. */
    private static final String FILTER = "9";

    private final List<String> systemFolders = new ArrayList<>();
    private final UnreadableFiles unreadable;
    private final CommandUser users = new CommandUser(Path.of("/etc"));
    private final PasswordFiles passwords;
    private final Optional<Path> filter;
    private final String size;
    private final Owner process;

    /**
     * @param temporaryBytes how much each folder in memory takes
     * @param process who this is
     * @param standing a folder for what is needed as long as this is used
     */
    Confinement(long temporaryBytes, Owner process, Path standing) throws IOException {
        this.size = String.valueOf(temporaryBytes);
        this.process = process;
        this.unreadable = UnreadableFiles.in(Path.of("/etc"));
        for (String folder : SYSTEM) {
            systemFolders.addAll(shown(Path.of(folder)));
        }
        this.passwords = new PasswordFiles(standing, HOME);
        this.filter = NamespaceFilter.in(standing);
    }

    /** As it is on this machine, where {@code /bin} is mostly a link; each mount that need not be saves time. */
    private static List<String> shown(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            return List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString());
        }
        return Files.exists(folder) ? List.of("--ro-bind", folder.toString(), folder.toString()) : List.of();
    }

    /**
     * What a command of this owner's is confined to. The options are in a file: some are secrets, and the machine can read
     * command lines.
     */
    Enclosure around(Workspace workspace, Surroundings surroundings, Owner folder) throws IOException {
        Owner owner = users.of(folder);
        List<Object> shown = new ArrayList<>();
        shown.add(identity(workspace.home()));
        for (Path path : surroundings.read()) {
            shown.add(identity(path));
        }
        if (surroundings.hostNetwork() && names().isPresent()) {
            shown.add(identity(names().get()));
        }
        return new Enclosure(owner, workspace.root(), options(workspace, surroundings, owner), shown);
    }

    /** Which file or folder it is: another one may take its name. */
    private static Object identity(Path path) throws IOException {
        try {
            return Objects.requireNonNull(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return path;
        }
    }

    /** The command line. What runs inside comes behind it. */
    List<String> program(Enclosure enclosure, Path view) {
        Owner owner = enclosure.owner();
        List<String> line = new ArrayList<>(List.of("bwrap", "--args", OPTIONS));
        // Behind what is only readable: it was made a folder before.
        add(line, "--bind", view.toString(), enclosure.root().toString(), "--chdir", "/");
        if (!isSomebodyElse(owner)) {
            return line;
        }
        add(line, "setpriv", "--reuid", String.valueOf(owner.uid()), "--regid", String.valueOf(owner.gid()));
        add(line, "--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs");
        return filter.isPresent() ? CommandShell.reading(filter.get(), line) : line;
    }

    private List<String> options(Workspace workspace, Surroundings surroundings, Owner owner) {
        List<String> line = whatItSees(workspace, surroundings, owner);
        add(line, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
        if (!surroundings.hostNetwork()) {
            add(line, "--unshare-net");
        }
        add(line, "--new-session", "--die-with-parent");
        line.addAll(identity(owner));
        surroundings.environment().forEach((name, value) -> add(line, "--setenv", name, value));
        return line;
    }

    private List<String> whatItSees(Workspace workspace, Surroundings surroundings, Owner owner) {
        List<String> line = new ArrayList<>(systemFolders);
        if (Files.exists(PasswordFiles.SEEN_AS)) {
            Path passwords = this.passwords.of(isSomebodyElse(owner) ? owner : process);
            add(line, "--ro-bind", passwords.toString(), PasswordFiles.SEEN_AS.toString());
        }
        if (owner.isRoot()) {
            unreadable.hide(line);
        }
        add(line, "--proc", "/proc", "--dev", "/dev");
        add(line, "--perms", "1777", "--size", size, "--tmpfs", "/tmp");
        add(line, "--perms", "1777", "--size", size, "--tmpfs", "/dev/shm");
        add(line, "--perms", "0755", "--dir", "/home");
        surroundings.read().forEach(path -> readable(line, path));
        if (surroundings.hostNetwork()) {
            names().ifPresent(path -> readable(line, path));
        }
        add(line, "--bind", workspace.home().toString(), HOME);
        foldersAbove(line, workspace.root());
        add(line, "--dir", workspace.root().toString());
        // Not only the root: a command of root's could write the machine's sysctls, and /dev is memory without a limit.
        for (String mount : List.of("/", "/dev", "/proc")) {
            add(line, "--remount-ro", mount);
        }
        return line;
    }

    /**
     * Who the command is. Usually the runner's own user, in a user namespace that allows no further one. Root working
     * for somebody else must first build the sandbox (only root can reach its parts) and then become that user; without a
     * user namespace around it, a filter keeps the command from making one.
     */
    private List<String> identity(Owner owner) {
        if (!isSomebodyElse(owner)) {
            return List.of(
                    "--unshare-user",
                    "--uid",
                    String.valueOf(process.uid()),
                    "--gid",
                    String.valueOf(process.gid()),
                    "--disable-userns",
                    "--cap-drop",
                    "ALL");
        }
        List<String> line = new ArrayList<>();
        if (filter.isPresent()) {
            add(line, "--seccomp", FILTER);
        }
        add(
                line,
                "--cap-drop",
                "ALL",
                "--cap-add",
                "CAP_SETUID",
                "--cap-add",
                "CAP_SETGID",
                "--cap-add",
                "CAP_SETPCAP");
        return line;
    }

    /** Whether commands are not this process' user: root works for whom the workspace belongs to. */
    private boolean isSomebodyElse(Owner owner) {
        return process.isRoot() && !owner.isRoot();
    }

    /** Where a link in /etc leads that says who resolves names: usually into /run, which commands do not see. */
    private static Optional<Path> names() {
        try {
            return Optional.of(RESOLVER.toRealPath()).filter(path -> !path.startsWith("/etc"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As the owner of the workspace granted; a path that is not there is left out. */
    private static void readable(List<String> line, Path path) {
        foldersAbove(line, path);
        add(line, "--ro-bind-try", path.toString(), path.toString());
    }

    private static void foldersAbove(List<String> line, Path path) {
        for (int depth = 1; depth < path.getNameCount(); depth++) {
            add(line, "--perms", "0755", "--dir", "/" + path.subpath(0, depth));
        }
    }

    private static void add(List<String> line, String... arguments) {
        line.addAll(List.of(arguments));
    }
}
