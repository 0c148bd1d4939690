package dev.patchferry.system.support;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One installation for one test: a checkout's launcher with state, workspace and ports of its own. Closing it stops
 * whatever runs of it and removes its folders.
 */
public final class Ferry implements AutoCloseable {
    private final Folder folder;
    private final Launcher launcher;
    private final int webhookPort;
    private final int runnerPort;

    private Ferry(Checkout checkout, Folder folder, int webhookPort, int runnerPort) {
        this.folder = folder;
        this.webhookPort = webhookPort;
        this.runnerPort = runnerPort;
        Environment environment = Environment.plain()
                .with("FERRY_HOME", home())
                .with("FERRY_WORKSPACE", workspace())
                .with("FERRY_WEBHOOK_PORT", webhookPort)
                .with("FERRY_RUNNER_PORT", runnerPort)
                // Tests send as fast as they can, all with one token.
                .with("FERRY_RATE_LIMIT", "off");
        this.launcher = new Launcher(checkout, environment, List.of());
    }

    public static Ferry of(Checkout checkout) throws IOException {
        return new Ferry(checkout, Folder.create(), Loopback.freePort(), Loopback.freePort());
    }

    public Launcher launcher() {
        return launcher;
    }

    /** Its launcher as an unprivileged user, given as a number, who owns its folders and has a home in them. */
    public Launcher launcherOf(int user) throws IOException {
        Path userHome = Files.createDirectories(folder().resolve("user"));
        folder.giveTo(user);
        return launcher.with("HOME", userHome).as(user);
    }

    /** A scratch folder that is neither state nor workspace. */
    public Path folder() {
        return folder.path();
    }

    public Path home() {
        return folder.path().resolve("home");
    }

    public Path workspace() {
        return folder.path().resolve("workspace");
    }

    public int webhookPort() {
        return webhookPort;
    }

    public int runnerPort() {
        return runnerPort;
    }

    public URI webhook() {
        return URI.create("http://127.0.0.1:" + webhookPort);
    }

    public URI runner() {
        return URI.create("http://127.0.0.1:" + runnerPort);
    }

    /** The process that the launcher says is {@code webhook} or {@code runner}; empty once it has ended. */
    public Optional<ProcessHandle> process(String service) throws IOException {
        return recorded(service + ".pid");
    }

    /** The process that watches {@code webhook} or {@code runner}; empty once it has ended. */
    public Optional<ProcessHandle> supervisor(String service) throws IOException {
        return recorded(service + ".supervisor");
    }

    private Optional<ProcessHandle> recorded(String file) throws IOException {
        Path record = home().resolve("run").resolve(file);
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(record).getFirst()));
    }

    /** First as a person would stop it, then by force what may be left: a test may have broken the launcher. */
    @Override
    public void close() throws IOException {
        launcher.run("stop");
        List<ProcessHandle> left = ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains(home() + "/run/"))
                .toList();
        Killed.all(left);
        folder.close();
    }
}
