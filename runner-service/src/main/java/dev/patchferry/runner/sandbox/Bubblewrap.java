package dev.patchferry.runner.sandbox;

import dev.patchferry.contract.Receipt.Enforced;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.Owner;
import dev.patchferry.runner.workspace.Surroundings;
import dev.patchferry.runner.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The full sandbox: an overlay over the workspace, mounted in a private mount namespace, and bubblewrap around the
 * command. The command sees system folders read-only, its workspace under the usual path, a private HOME and /tmp, and
 * nothing else; it has no network, no capabilities and no other process to talk to.
 *
 * @see <a href="https://github.com/containers/bubblewrap">bubblewrap(1)</a>
 */
final class Bubblewrap implements Sandbox {
    private static final List<String> SYSTEM =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/etc");
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
            Map.entry("HOME", "/home/patch"),
            Map.entry("LANG", "C.UTF-8"),
            Map.entry("TERM", "dumb"),
            Map.entry("GIT_TERMINAL_PROMPT", "0"),
            Map.entry("GIT_OPTIONAL_LOCKS", "0"),
            Map.entry("GIT_AUTHOR_NAME", "Patch Ferry"),
            Map.entry("GIT_AUTHOR_EMAIL", "patch-ferry@localhost"),
            Map.entry("GIT_COMMITTER_NAME", "Patch Ferry"),
            Map.entry("GIT_COMMITTER_EMAIL", "patch-ferry@localhost"));

    private final List<String> systemFolders = new ArrayList<>();
    private final CommandShell shell;
    private final Limits limits;
    private final Optional<ControlGroups> groups;
    private final HomeCaches homes = new HomeCaches();
    private final Owner process;
    private final UnreadableFiles unreadable;
    private final SelfTest selfTest;

    Bubblewrap(CommandShell shell, Limits limits, Optional<ControlGroups> groups, Owner process, SelfTest selfTest)
            throws IOException {
        this.groups = groups;
        this.shell = shell;
        this.limits = limits;
        this.process = process;
        this.unreadable = UnreadableFiles.in(Path.of("/etc"));
        for (String folder : SYSTEM) {
            systemFolders.addAll(shown(Path.of(folder)));
        }
        this.selfTest = selfTest;
    }

    /** As it is on this machine, where {@code /bin} is mostly a link; each mount that need not be saves time. */
    private static List<String> shown(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            return List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString());
        }
        return Files.exists(folder) ? List.of("--ro-bind", folder.toString(), folder.toString()) : List.of();
    }

    @Override
    public CommandResult run(Command command, Cancellation cancellation) throws IOException {
        if (!(command.transaction() instanceof OverlayTransaction overlay)) {
            throw new IllegalArgumentException("the full sandbox works on an overlay only");
        }
        List<String> confined = new ArrayList<>(bubblewrap(command, Owner.of(overlay.lower())));
        confined.addAll(shell.inner(command.text()));
        if (groups.isEmpty()) {
            return run(command, overlay, confined, cancellation);
        }
        try (ControlGroup group = groups.get().make(limits)) {
            return told(run(command, overlay, CommandShell.within(group, confined), cancellation), group);
        }
    }

    private CommandResult run(
            Command command, OverlayTransaction overlay, List<String> confined, Cancellation cancellation)
            throws IOException {
        return shell.runMounted(
                command,
                namespaces(),
                List.of(overlay.lower(), overlay.upper(), overlay.work()),
                confined,
                command.environment(ENVIRONMENT),
                cancellation,
                new ResourceWatch(limits, overlay.upper(), command.workspace().home(), groups.isPresent()));
    }

    /** The result with what only the control group knows. */
    private CommandResult told(CommandResult result, ControlGroup group) throws IOException {
        if (!(result instanceof CommandResult.Ran(Exit exit, int left, long dropped, Optional<String> hint))) {
            return result;
        }
        if (group.ranOutOfMemory()) {
            boolean failed = exit instanceof Exit.Ended(int code) && code != 0;
            String what = ResourceWatch.memory(limits);
            return failed
                    ? new CommandResult.Ran(new Exit.OverLimit(what), left, dropped, hint)
                    : new CommandResult.Ran(exit, left, dropped, Optional.of("ran into a limit: " + what));
        }
        return group.ranOutOfProcesses()
                ? new CommandResult.Ran(
                        exit, left, dropped, Optional.of("ran into the limit of " + limits.processes() + " processes"))
                : result;
    }

    @Override
    public void tidy(Workspace workspace) {
        homes.bound(workspace.home(), limits.homeBytes());
    }

    @Override
    public Optional<String> unusable() {
        return selfTest.failure(this);
    }

    @Override
    public String level() {
        return "full";
    }

    @Override
    public Enforced enforced(String transaction, Surroundings surroundings) {
        List<String> words = new ArrayList<>(new LimitsInForce(limits).sandboxed(groups.isPresent(), process.isRoot()));
        words.addAll(surroundings.words());
        return new Enforced(level(), transaction, surroundings.network(), words);
    }

    @Override
    public Limits limits() {
        return limits;
    }

    /** A mount namespace of its own; who is not root gets the right to mount from a user namespace. */
    private List<String> namespaces() {
        List<String> enter = process.isRoot()
                ? List.of("unshare", "--mount", "--propagation", "private")
                : List.of("unshare", "--user", "--map-root-user", "--mount");
        List<String> withDeathSignal = new ArrayList<>(enter);
        withDeathSignal.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
        return withDeathSignal;
    }

    private List<String> bubblewrap(Command command, Owner owner) {
        List<String> line = new ArrayList<>(List.of("bwrap"));
        line.addAll(systemFolders);
        if (owner.isRoot()) {
            unreadable.hide(line);
        }
        String size = String.valueOf(limits.temporaryBytes());
        add(line, "--proc", "/proc", "--dev", "/dev");
        add(line, "--perms", "1777", "--size", size, "--tmpfs", "/tmp");
        add(line, "--perms", "1777", "--size", size, "--tmpfs", "/dev/shm");
        add(line, "--perms", "0755", "--dir", "/home");
        command.surroundings().read().forEach(path -> readable(line, path));
        if (command.surroundings().hostNetwork()) {
            names().ifPresent(path -> readable(line, path));
        }
        add(line, "--bind", command.workspace().home().toString(), "/home/patch");
        Path root = command.workspace().root();
        foldersAbove(line, root);
        add(line, "--bind", root.toString(), root.toString(), "--chdir", root.toString());
        // Not only the root: a command of root's could write the machine's sysctls, and /dev is memory without a limit.
        for (String mount : List.of("/", "/dev", "/proc")) {
            add(line, "--remount-ro", mount);
        }
        add(line, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
        if (!command.surroundings().hostNetwork()) {
            add(line, "--unshare-net");
        }
        add(line, "--new-session", "--die-with-parent");
        line.addAll(identity(owner));
        return line;
    }

    /**
     * Who the command is. Usually the runner's own user, in a user namespace that allows no further one. Root working
     * for somebody else must first build the sandbox (only root can reach its parts) and then become that user.
     */
    private List<String> identity(Owner owner) {
        if (!process.isRoot() || owner.isRoot()) {
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
        return List.of(
                "--cap-drop",
                "ALL",
                "--cap-add",
                "CAP_SETUID",
                "--cap-add",
                "CAP_SETGID",
                "--cap-add",
                "CAP_SETPCAP",
                "setpriv",
                "--reuid",
                String.valueOf(owner.uid()),
                "--regid",
                String.valueOf(owner.gid()),
                "--clear-groups",
                "--bounding-set=-all",
                "--inh-caps=-all",
                "--no-new-privs");
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
