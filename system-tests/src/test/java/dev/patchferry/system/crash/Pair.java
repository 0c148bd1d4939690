package dev.patchferry.system.crash;

import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Folder;
import dev.patchferry.system.support.Loopback;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Webhook and runner with a home and several workspaces of their own. Nothing of it is left when it is closed. */
final class Pair implements AutoCloseable {
    static final List<String> WORKSPACES = List.of("default", "east", "west");

    /** The driver's native library, unpacked by the process that runs. */
    private static final int LIBRARY_AND_LOCK = 2;

    /** As it stands in the table of mounts (proc(5)); the folder of a test has one in its name. */
    private static final String SPACE = "\\040";

    /** What the sandbox needs as long as the runner runs. */
    private static final String STANDING = "standing";

    private static final String SUBMIT = "submit-token-of-the-crash-tests";
    private static final String OPERATOR = "operator-token-of-the-crash-tests";
    private static final String RUNNER = "runner-token-of-the-crash-tests";

    private final Folder folder;
    private final Service webhook;
    private final Service runner;
    private final Sender sender;
    private final Sender atRunner;

    private Pair(Folder folder, int webhookPort, int runnerPort, Options options) throws IOException {
        this.folder = folder;
        this.sender = new Sender(URI.create("http://127.0.0.1:" + webhookPort), SUBMIT);
        this.atRunner = new Sender(URI.create("http://127.0.0.1:" + runnerPort), RUNNER);
        Environment environment = environment(folder.path(), webhookPort, runnerPort);
        this.webhook = new Service("webhook", options.of("webhook"), environment, folder.path(), sender);
        this.runner = new Service("runner", options.of("runner"), environment, folder.path(), atRunner);
    }

    /** The JVM options of a service. */
    interface Options {
        List<String> of(String service) throws IOException;
    }

    static Pair create() throws IOException {
        return create(StartCache::options);
    }

    static Pair create(Options options) throws IOException {
        Folder folder = Folder.create();
        Files.createDirectory(folder.path().resolve("home"));
        for (String workspace : WORKSPACES) {
            Files.createDirectory(folder.path().resolve(workspace));
        }
        return new Pair(folder, Loopback.freePort(), Loopback.freePort(), options);
    }

    private static Environment environment(Path folder, int webhookPort, int runnerPort) {
        Environment environment = Environment.plain()
                .with("LC_ALL", "C.UTF-8")
                .with("QUARKUS_PROFILE", "crash")
                .with("FERRY_HOME", folder.resolve("home"))
                .with("FERRY_WORKSPACE", folder.resolve("default"))
                .with("FERRY_WEBHOOK_PORT", webhookPort)
                .with("FERRY_RUNNER_PORT", runnerPort)
                .with("FERRY_RUNNER_URL", "http://127.0.0.1:" + runnerPort)
                .with("FERRY_SUBMIT_TOKEN", SUBMIT)
                .with("FERRY_OPERATOR_TOKEN", OPERATOR)
                .with("FERRY_RUNNER_TOKEN", RUNNER)
                .with("FERRY_RATE_LIMIT", "off")
                // A killed runner is back within seconds; a test need not wait for the patience of a real outage.
                .with("FERRY_OUTCOME_LONGEST_PAUSE", "500ms")
                .with("FERRY_DELIVERY_REST", "500ms");
        for (String workspace : WORKSPACES.subList(1, WORKSPACES.size())) {
            environment = environment.with(
                    "FERRY_WORKSPACES_" + workspace.toUpperCase(Locale.ROOT) + "_PATH", folder.resolve(workspace));
        }
        return environment;
    }

    Service webhook() {
        return webhook;
    }

    Service runner() {
        return runner;
    }

    Service service(String name) {
        return name.equals("webhook") ? webhook : runner;
    }

    /** Starts both and waits until they are ready. */
    void startBoth() throws IOException {
        runner.start();
        webhook.start();
        runner.awaitReady();
        webhook.awaitReady();
    }

    /** Somebody who submits. */
    Sender sender() {
        return sender;
    }

    /** Somebody who may decide about what others submit. */
    Sender operator() {
        return new Sender(sender.service(), OPERATOR);
    }

    /** The webhook itself, as far as the runner can tell. */
    Sender atRunner() {
        return atRunner;
    }

    Workspace workspace(String name) {
        return new Workspace(folder.path().resolve(name));
    }

    /** The runner's journal goes, as if a disk had been lost; the runner must not run. */
    void loseJournal() throws IOException {
        for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
            Files.deleteIfExists(folder.path().resolve("home/runner").resolve(name));
        }
    }

    /** Whether the runner's files for people show a patch at this end and nowhere else. */
    boolean showsEnded(String id, String status) {
        boolean completed = List.of("succeeded", "previewed", "undone").contains(status);
        Path patches = folder.path().resolve("home/runner/patches");
        return Files.exists(
                        patches.resolve(completed ? ".completed" : ".failed").resolve(id + ".json"))
                && !Files.exists(
                        patches.resolve(completed ? ".failed" : ".completed").resolve(id + ".json"))
                && !Files.exists(patches.resolve(id + ".json"));
    }

    /** What is left of transactions, commands and services that have ended: folders, processes and files, by name. */
    List<String> leftovers() throws IOException {
        try (Stream<Path> transactions = Files.list(folder.path().resolve("home/runner/tx"));
                Stream<Path> libraries = Files.list(folder.path().resolve("home/runner/native"));
                Stream<Path> scratch = Files.list(folder.path().resolve("home/runner/scratch"));
                Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return Stream.of(
                            transactions.map(Path::toString),
                            scratch.filter(path -> !path.endsWith(STANDING) && !waitsForACommand(path))
                                    .map(Path::toString),
                            libraries.map(Path::toString).sorted().skip(LIBRARY_AND_LOCK),
                            processes.flatMap(each -> commandOfAPatch(each).stream()),
                            WORKSPACES.stream().flatMap(name -> workspace(name).staged().stream()))
                    .flatMap(each -> each)
                    .toList();
        }
    }

    /** Whether nothing was written yet, or nothing any more, into what a command is told by. */
    private static boolean waitsForACommand(Path run) {
        try {
            return Files.size(run.resolve("task")) == 0;
        } catch (IOException e) {
            // It is being made or deleted.
            return false;
        }
    }

    /**
     * What a patch starts lives where the layers of the patch are mounted, whatever it makes of itself; what waits for the
     * next command does not yet.
     */
    private Optional<String> commandOfAPatch(ProcessHandle process) {
        try {
            String mounts =
                    Files.readString(Path.of("/proc/" + process.pid() + "/mountinfo"), StandardCharsets.ISO_8859_1);
            return mounts.replace(SPACE, " ")
                            .contains("upperdir=" + folder.path().resolve("home/runner/tx") + "/")
                    ? Optional.of(
                            process.pid() + " " + process.info().commandLine().orElse(""))
                    : Optional.empty();
        } catch (IOException e) {
            // It has ended, or is another user's.
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        try (folder;
                runner;
                webhook) {
            webhook.stop();
            runner.stop();
        }
    }
}
