package dev.patchferry.system.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Folder;
import dev.patchferry.system.support.GuideBlock;
import dev.patchferry.system.support.Loopback;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code docker compose} on the checkout's own file, as a project of its own with a free port and a temporary
 * workspace. Closing it removes its containers, networks and volumes; the images stay, as the next build's cache.
 *
 * <p>The file is driven by the program that people use, not by Testcontainers' {@code ComposeContainer}: that one brings
 * helper containers (a reaper, a port forwarder) whose images come from a registry, which a machine that makes its base
 * images itself does not have, and it knows no health checks of a compose file.
 */
final class ComposePair implements AutoCloseable {
    private static final String TAG = "system-test";

    /** The runner's image as this pair builds it. */
    static final String RUNNER = "patch-ferry-runner:" + TAG;

    private static final Duration BUILD_AND_START = Duration.ofMinutes(12);
    private static final Duration ANYTHING_ELSE = Duration.ofMinutes(2);

    /** Not the images' own 1000: what the compose file says about owners has to be what decides. */
    private static final int SOMEBODY = 4242;

    private final Path root = Checkout.underTest().root();
    private final Folder folder;
    private final int owner;
    private final int port = Loopback.freePort();
    private final Environment environment;

    private ComposePair(Folder folder, int owner, String project) {
        this.folder = folder;
        this.owner = owner;
        this.environment = Environment.plain()
                .with("COMPOSE_PROJECT_NAME", project)
                .with("FERRY_TAG", TAG)
                .with("FERRY_WEBHOOK_PORT", port)
                .with("FERRY_WORKSPACE", workspace())
                .with("FERRY_UID", owner)
                .with("FERRY_GID", owner);
    }

    /** Nothing runs yet. Only root can give the workspace away; anybody else stays its owner. */
    static ComposePair create() throws IOException {
        return another("test");
    }

    /** One more beside it. */
    static ComposePair another(String name) throws IOException {
        String project = "ferry-" + name + "-" + ProcessHandle.current().pid();
        Folder folder = Folder.create();
        Files.createDirectory(folder.path().resolve("workspace"));
        int self = (Integer) Files.getAttribute(folder.path(), "unix:uid");
        if (self != 0) {
            return new ComposePair(folder, self, project);
        }
        folder.giveTo(SOMEBODY);
        return new ComposePair(folder, SOMEBODY, project);
    }

    Path workspace() {
        return folder.path().resolve("workspace");
    }

    /** The uid that the workspace belongs to. */
    int owner() {
        return owner;
    }

    URI webhook() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Builds what has changed and returns when both services are healthy. */
    void up(String... options) throws IOException {
        List<String> line = new ArrayList<>(List.of("up", "--build", "--detach", "--wait", "--wait-timeout", "180"));
        line.addAll(List.of(options));
        Command.Result up = run(BUILD_AND_START, compose(line));
        if (up.exitCode() != 0) {
            Command.Result logs = run(ANYTHING_ELSE, compose(List.of("logs", "--no-color", "--tail", "60")));
            throw new AssertionError("docker compose up failed:\n" + up.out() + up.err() + logs.out());
        }
    }

    /**
     * What a person types in the checkout who has this pair's settings in the environment; headers go into its own folder.
     * Root, as whom no service runs, types the owner's ids.
     */
    Command.Result typed(GuideBlock block) throws IOException {
        String script = block.text()
                .replace("$(id -u)", "$FERRY_UID")
                .replace("$(id -g)", "$FERRY_GID")
                .replace("127.0.0.1:5555", "127.0.0.1:" + port)
                .replace("submit.header", "\"$FERRY_WORKSPACE.header\"")
                .replace("workspace/hello.txt", "\"$FERRY_WORKSPACE\"/hello.txt");
        return run(BUILD_AND_START, List.of("sh", "-ec", script));
    }

    /** Tries to start what was built before, as another owner than the workspace's. */
    Command.Result upAs(String owner) throws IOException {
        Environment other = environment.with("FERRY_UID", owner).with("FERRY_GID", owner);
        List<String> line = compose(List.of("up", "--detach", "--wait", "--wait-timeout", "60"));
        try (RunningCommand running = new Command(line, other, root).start()) {
            return running.awaitEnd(ANYTHING_ELSE);
        }
    }

    /** The last line that a service wrote. */
    String lastLineOf(String service) throws IOException {
        String log = succeed(compose(List.of("logs", "--no-color", "--no-log-prefix", service)));
        // Compose clears a terminal's line even where there is no terminal
        return log.lines().reduce("", (first, last) -> last).replace("\u001B[2K", "");
    }

    /** What a command says on stdout in the container of a service. */
    String inside(String service, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of("exec", "-T", service));
        line.addAll(List.of(command));
        return succeed(compose(line));
    }

    /** Everything the engine tells about a service's container, as it prints it; also of one that has ended. */
    String inspect(String service) throws IOException {
        String container =
                succeed(compose(List.of("ps", "--all", "--quiet", service))).strip();
        return succeed(List.of("docker", "inspect", container));
    }

    JsonNode details(String service) throws IOException {
        return new ObjectMapper().readTree(inspect(service)).get(0);
    }

    /** A docker command that has to succeed. */
    String docker(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of("docker"));
        line.addAll(List.of(arguments));
        return succeed(line);
    }

    @Override
    public void close() throws IOException {
        try {
            succeed(compose(List.of("down", "--volumes", "--remove-orphans", "--timeout", "5")));
        } finally {
            folder.close();
        }
    }

    private List<String> compose(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("docker", "compose"));
        line.addAll(arguments);
        return line;
    }

    private String succeed(List<String> line) throws IOException {
        Command.Result result = run(ANYTHING_ELSE, line);
        if (result.exitCode() != 0) {
            throw new AssertionError(line + " ended with " + result.exitCode() + ":\n" + result.out() + result.err());
        }
        return result.out();
    }

    private Command.Result run(Duration atMost, List<String> line) throws IOException {
        try (RunningCommand running = new Command(line, environment, root).start()) {
            return running.awaitEnd(atMost);
        }
    }
}
