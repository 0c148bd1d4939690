package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.GroupMapping;
import dev.patchferry.runner.workspace.TreeSurvey;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Bubblewrap around a command. The command sees system folders read-only, its workspace under the usual
 * path, a private HOME and /tmp, and nothing else; it has no network, no capabilities and no other process to talk to.
 *
 * @see <a href="https://github.com/containers/bubblewrap">bubblewrap(1)</a>
 */
final class BubblewrapCommandLine {
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");
    static final String HOME = "/home/patch";
    private static final String OPTIONS = "6";
    /** Where the runner is told which process namespace was made. */
    private static final String INFO = "3";
    /** What the first process keeps of its capabilities until the command begins, to be able to take them from it. */
    private static final String TAKES_CAPABILITIES = "CAP_SETPCAP";
    /** Where the program of {@link SystemCallFilter} is open. */
    private static final String FILTER = "9";

    /** Not to be looked for in a PATH that the owner gives: a folder of the workspace may be in it. */
    private static final String BECOMES_THE_OWNER = Stream.of("/usr/bin/setpriv", "/bin/setpriv")
            .filter(program -> Files.isExecutable(Path.of(program)))
            .findFirst()
            .orElse("setpriv");

    private final SystemView system;
    private final SpecialFiles special;
    private final EtcCopy etc;
    private final CommandUser users;
    private final PasswordFiles passwords;
    private final SystemCallFilter filter;
    private final Path git;
    private final Owner process;

    /**
     * @param process who this is
     * @param system what commands see of this machine
     * @param standing a folder for what is needed as long as this is used
     * @param systemV what commands get of System V's memory
     */
    BubblewrapCommandLine(Owner process, SystemView system, Path standing, SystemCallFilter.SystemV systemV)
            throws IOException {
        this.process = process;
        this.system = system;
        this.special = new SpecialFiles(Path.of("/proc/self/net/unix"), system.apart());
        for (ShownFolder folder : system.bound()) {
            special.below(folder.source().toRealPath(), List.of());
        }
        this.etc = new EtcCopy(system.etc(), system.apart(), standing);
        this.users = new CommandUser(system.etc());
        this.passwords = new PasswordFiles(standing, HOME);
        this.filter = SystemCallFilter.in(standing, systemV);
        this.git = GitDefaults.in(standing);
    }

    /**
     * What a command of this owner's is confined to. The options are in a file: some are secrets, and the machine can read
     * command lines.
     */
    SandboxSpec around(Workspace workspace, CommandGrants commandGrants, Owner folder, Limits limits, TreeSurvey survey)
            throws IOException {
        Owner owner = users.of(folder);
        CommandGroups groups = new CommandGroups(
                isSomebodyElse(owner) ? users.supplementary(owner, survey.groups()) : List.of(),
                GroupMapping.of(survey, commandGrants.hostNetwork()));
        List<Object> shown = new ArrayList<>();
        for (Path path : commandGrants.read()) {
            shown.add(identity(path));
        }
        if (commandGrants.hostNetwork() && names().isPresent()) {
            shown.add(identity(names().get()));
        }
        ShownPlaces places = new ShownPlaces(workspace.root(), system, special);
        List<String> options = options(workspace, commandGrants, owner, places, limits);
        shown.addAll(places.identities());
        return new SandboxSpec(
                owner,
                groups,
                workspace.root(),
                commandGrants.hostNetwork(),
                options,
                shown,
                limits,
                filter.file(commandGrants));
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
    List<String> program(SandboxSpec sandboxSpec, Path workspace, Path home) {
        Owner owner = sandboxSpec.owner();
        List<String> line = new ArrayList<>(List.of("bwrap", "--args", OPTIONS));
        // Behind what is only readable: it was made a folder before.
        add(line, "--bind", home.toString(), HOME);
        add(line, "--bind", workspace.toString(), sandboxSpec.root().toString(), "--chdir", "/");
        if (isSomebodyElse(owner)) {
            add(
                    line,
                    BECOMES_THE_OWNER,
                    "--reuid",
                    String.valueOf(owner.uid()),
                    "--regid",
                    String.valueOf(owner.gid()));
            add(line, sandboxSpec.groups().supplementaryOption(), "--no-new-privs", "--bounding-set=-all,+setpcap");
            add(line, "--inh-caps=-all,+setpcap", "--ambient-caps=-all,+setpcap");
        }
        return line;
    }

    /** For a receipt: which system calls commands are refused. */
    List<String> filterWords(CommandGrants commandGrants) {
        return filter.words(commandGrants);
    }

    private List<String> options(
            Workspace workspace, CommandGrants commandGrants, Owner owner, ShownPlaces places, Limits limits)
            throws IOException {
        List<String> line =
                whatItSees(workspace, commandGrants, owner, places, String.valueOf(limits.temporaryBytes()));
        add(line, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
        if (!commandGrants.hostNetwork()) {
            add(line, "--unshare-net");
        }
        add(line, "--new-session", "--die-with-parent", "--as-pid-1", "--info-fd", INFO);
        line.addAll(identity(owner));
        // Bubblewrap applies it last, to what it runs: building the sandbox takes calls that it refuses.
        if (filter.file(commandGrants).isPresent()) {
            add(line, "--seccomp", FILTER);
        }
        ToolDefaults.of(commandGrants, process.isRoot() && owner.isRoot())
                .forEach((name, value) -> add(line, "--setenv", name, value));
        commandGrants.environment().forEach((name, value) -> add(line, "--setenv", name, value));
        return line;
    }

    private List<String> whatItSees(
            Workspace workspace, CommandGrants commandGrants, Owner owner, ShownPlaces places, String size)
            throws IOException {
        List<String> line = new ArrayList<>(system.links());
        for (ShownFolder folder : system.bound()) {
            if (process.isRoot() && owner.isRoot() && folder.seenAs().equals(SystemView.ETC)) {
                places.harmless(new ShownFolder(etc.current(), folder.seenAs()));
            } else {
                places.system(folder);
            }
        }
        line.addAll(places.taken());
        if (Files.exists(PasswordFiles.SEEN_AS)) {
            Path passwords = this.passwords.of(isSomebodyElse(owner) ? owner : process);
            add(line, "--ro-bind", passwords.toString(), PasswordFiles.SEEN_AS.toString());
        }
        ShownPlaces.foldersAbove(line, Path.of(GitDefaults.SEEN_AS));
        add(line, "--ro-bind", git.toString(), GitDefaults.SEEN_AS);
        add(line, "--proc", "/proc", "--dev", "/dev");
        add(line, "--perms", "1777", "--size", size, "--tmpfs", "/tmp");
        add(line, "--perms", "1777", "--size", size, "--tmpfs", "/dev/shm");
        add(line, "--perms", "0755", "--dir", "/home");
        places.granted(commandGrants.read());
        if (commandGrants.hostNetwork()) {
            names().ifPresent(path -> places.granted(path));
        }
        line.addAll(places.taken());
        add(line, "--dir", HOME);
        ShownPlaces.foldersAbove(line, workspace.root());
        add(line, "--dir", workspace.root().toString());
        line.addAll(places.closing());
        // Not only the root: a command of root's could write the machine's sysctls, and /dev is memory without a limit.
        for (String mount : List.of("/", "/dev", "/proc")) {
            add(line, "--remount-ro", mount);
        }
        return line;
    }

    /**
     * Who the command is. Usually the runner's own user, in a user namespace that allows no further one. Root working
     * for somebody else must first build the sandbox (only root can reach its parts) and then become that user; without a
     * user namespace around it, the filter of system calls keeps the command from making one.
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
                    "ALL",
                    "--cap-add",
                    TAKES_CAPABILITIES);
        }
        List<String> line = new ArrayList<>();
        add(
                line,
                "--cap-drop",
                "ALL",
                "--cap-add",
                "CAP_SETUID",
                "--cap-add",
                "CAP_SETGID",
                "--cap-add",
                TAKES_CAPABILITIES);
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

    private static void add(List<String> line, String... arguments) {
        line.addAll(List.of(arguments));
    }
}
