package dev.patchferry.runner.sandbox;

import dev.patchferry.contract.Enforced;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.HomeLayer;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * The full sandbox: an overlay over the workspace, mounted in a private mount namespace, {@link BubblewrapCommandLine bubblewrap}
 * around the command, and its limits.
 */
final class Bubblewrap implements Sandbox {
    private static final Logger LOG = Logger.getLogger(Bubblewrap.class);
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
            Map.entry("HOME", BubblewrapCommandLine.HOME),
            Map.entry("LANG", "C.UTF-8"),
            Map.entry("TERM", "dumb"),
            Map.entry("GIT_TERMINAL_PROMPT", "0"),
            Map.entry("GIT_OPTIONAL_LOCKS", "0"),
            Map.entry(GitDefaults.VARIABLE, GitDefaults.SEEN_AS));

    private final SandboxLauncher shell;
    private final WorkspaceLimits limits;
    private final Optional<ControlGroups> groups;
    private final SandboxPool sandboxPool = new SandboxPool(this::prepare);
    private final HomeCaches homes = new HomeCaches();
    private final Owner process;
    private final BubblewrapCommandLine bubblewrapCommandLine;
    private final SelfTest selfTest;
    private final Restrictions restrictions;
    private final Path standing;

    /**
     * @param system what commands see of this machine
     * @param standing a folder for what it needs as long as it is used
     */
    Bubblewrap(
            SandboxLauncher shell,
            WorkspaceLimits limits,
            Optional<ControlGroups> groups,
            Restrictions restrictions,
            Owner process,
            SystemView system,
            Path standing,
            SelfTest selfTest)
            throws IOException {
        this.groups = groups;
        this.restrictions = restrictions;
        this.shell = shell;
        this.limits = limits;
        this.process = process;
        this.bubblewrapCommandLine = new BubblewrapCommandLine(
                process,
                system,
                standing,
                groups.isPresent() ? SystemCallFilter.SystemV.COUNTED : SystemCallFilter.SystemV.BOUNDED);
        this.selfTest = selfTest;
        this.standing = standing;
    }

    @Override
    public CommandResult run(Command command, Cancellation cancellation) throws IOException {
        if (!(command.transaction() instanceof OverlayTransaction overlay)) {
            throw new IllegalArgumentException("the full sandbox works on an overlay only");
        }
        SandboxSpec sandboxSpec = spec(command, overlay);
        PreparedSandbox preparedSandbox = sandboxPool.take(sandboxSpec);
        Future<?> soon = sandboxPool.prepareSoon(sandboxSpec);
        try {
            return run(preparedSandbox, command, overlay, cancellation);
        } finally {
            soon.cancel(false);
            sandboxPool.clear(preparedSandbox);
            sandboxPool.prepare(sandboxSpec);
        }
    }

    private SandboxSpec spec(Command command, OverlayTransaction overlay) throws IOException {
        Limits own = limits.of(command.workspace().name())
                .forFilesOf(overlay.survey().largestFile());
        return bubblewrapCommandLine.around(
                command.workspace(), command.surroundings(), Owner.of(overlay.lower()), own, overlay.survey());
    }

    /** With nothing started ahead, neither for it nor for the next. */
    private CommandResult runOnce(Command command, Cancellation cancellation) throws IOException {
        OverlayTransaction overlay = (OverlayTransaction) command.transaction();
        SandboxSpec sandboxSpec = spec(command, overlay);
        try (PreparedSandbox preparedSandbox = prepare(sandboxSpec)) {
            return run(preparedSandbox, command, overlay, cancellation);
        }
    }

    private CommandResult run(
            PreparedSandbox preparedSandbox, Command command, OverlayTransaction overlay, Cancellation cancellation)
            throws IOException {
        HomeLayer home = overlay.home(command.workspace());
        Limits own = limits.of(command.workspace().name());
        long logged = RunFolder.length(command.log());
        ResourceWatch watch = new ResourceWatch(own, overlay.upper(), home.upper(), groups.isPresent());
        CommandResult result = watch.atTheEnd(shell.run(
                preparedSandbox,
                command,
                own,
                new Overlay(overlay.lower(), overlay.upper(), overlay.newWork()),
                new Overlay(home.lower(), home.upper(), home.newWork()),
                cancellation,
                watch));
        if (!preparedSandbox.run().isHomeSealed()) {
            home.distrust();
        }
        return new LimitEvidence(own, preparedSandbox, List.of(overlay.upper(), home.upper()))
                .explain(result, OutputTail.of(command.log(), logged));
    }

    private PreparedSandbox prepare(SandboxSpec sandboxSpec) throws IOException {
        Optional<ControlGroup> group =
                groups.isPresent() ? Optional.of(groups.get().make(sandboxSpec.limits())) : Optional.empty();
        try {
            return shell.prepare(
                    run -> mounts(sandboxSpec, run),
                    group,
                    restrictions.of(sandboxSpec.hostNetwork()),
                    sandboxSpec,
                    (workspace, home) -> bubblewrapCommandLine.program(sandboxSpec, workspace, home),
                    ENVIRONMENT);
        } catch (IOException e) {
            group.ifPresent(ControlGroup::close);
            throw e;
        }
    }

    @Override
    public void tidy(Workspace workspace) {
        homes.bound(workspace.home(), limits.of(workspace.name()));
    }

    @Override
    public Optional<String> unusable() {
        return selfTest.failure(this::runOnce);
    }

    @Override
    public void close() {
        sandboxPool.close();
        try {
            shell.close();
            Trees.delete(standing);
        } catch (IOException e) {
            LOG.warnf(
                    e, "what sandboxes stood on cannot be removed, trying again at the next start folder=%s", standing);
        }
    }

    @Override
    public String level() {
        return "full";
    }

    @Override
    public Enforced enforced(WorkspaceName workspace, String transaction, CommandGrants commandGrants) {
        LimitsInForce inForce = new LimitsInForce(limits.of(workspace));
        List<String> words = new ArrayList<>(inForce.sandboxed(groups.isPresent(), process.isRoot()));
        words.addAll(restrictions.describe(commandGrants.hostNetwork()));
        words.addAll(bubblewrapCommandLine.filterWords(commandGrants));
        words.addAll(commandGrants.words());
        return new Enforced(level(), transaction, commandGrants.network(), words, Optional.empty());
    }

    @Override
    public Limits limits(WorkspaceName workspace) {
        return limits.of(workspace);
    }

    private CommandMounts mounts(SandboxSpec sandboxSpec, RunFolder run) {
        if (process.isRoot()) {
            return new ThreadMountedCommand(run, sandboxSpec.owner().isRoot());
        }
        List<String> line = new ArrayList<>(List.of("unshare", "--user", "--map-root-user"));
        line.addAll(sandboxSpec.groups().options());
        // What the machine unmounts meanwhile is unmounted here, too, and not kept busy.
        line.addAll(List.of("--mount", "--propagation", "slave", "setpriv", "--pdeathsig", "KILL"));
        return new ProgramMountedCommand(run, line);
    }
}
