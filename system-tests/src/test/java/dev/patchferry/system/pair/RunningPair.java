package dev.patchferry.system.pair;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Launcher;
import dev.patchferry.system.support.Pause;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ferry whose services a test starts and stops as it likes. Everything ends when it is closed. */
final class RunningPair implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    /** The folder of the principal with the submit token, below each workspace. */
    private static final String SUBMITTER = "n-submit";

    /** What is compiled how does not decide what a service does; the tests of the first patch start it as people do. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Ferry ferry;
    private final Launcher launcher;

    RunningPair() throws IOException {
        this(Ferry.of(Checkout.underTest()));
    }

    private RunningPair(Ferry ferry) {
        this(ferry, ferry.launcher());
    }

    private RunningPair(Ferry ferry, Launcher launcher) {
        this.ferry = ferry;
        this.launcher = launcher.with("JDK_JAVA_OPTIONS", QUICK_START);
    }

    /** Of a user without privilege, given as a number. Needs root. */
    static RunningPair of(int user) throws IOException {
        Ferry ferry = Ferry.of(Checkout.underTest());
        return new RunningPair(ferry, ferry.launcherOf(user));
    }

    /**
     * In a mount namespace of its own, where a shell has changed what is mounted. Needs root.
     *
     * @param user as whom it runs then, given as a number
     * @param mounts what the shell does, with the folder of this pair as {@code $1}
     */
    static RunningPair mounted(int user, String mounts) throws IOException {
        Ferry ferry = Ferry.of(Checkout.underTest());
        Files.createDirectories(ferry.home(), PRIVATE);
        Files.createDirectories(ferry.workspace());
        List<String> line = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "sh", "-ec"));
        line.add(mounts + "\nshift; exec \"$@\"");
        line.addAll(List.of("sh", ferry.folder().toString()));
        line.addAll(ferry.launcherOf(user).prefix());
        return new RunningPair(ferry, ferry.launcherOf(user).through(line.toArray(new String[0])));
    }

    /** With further settings, as an operator writes them into {@code FERRY_HOME}. */
    RunningPair(Map<String, String> settings) throws IOException {
        this();
        configure(settings);
    }

    /** The same of one that was not started yet. */
    void configure(Map<String, String> settings) throws IOException {
        Path config = Files.createDirectories(ferry.home().resolve("config")).resolve("application.properties");
        List<String> lines = new ArrayList<>();
        settings.forEach((name, value) -> lines.add(name + "=" + value));
        Files.write(config, lines);
    }

    /** {@code ./ferry up} with these arguments, ready when this returns. */
    RunningCommand up(String... services) throws IOException {
        String[] arguments = new String[services.length + 1];
        arguments[0] = "up";
        System.arraycopy(services, 0, arguments, 1, services.length);
        RunningCommand up = launcher.start(arguments);
        up.awaitSaying("Ctrl-C stops.", READY_WITHIN);
        return up;
    }

    /** {@code ./ferry up} of a service, not ready yet. */
    RunningCommand starting(String service) throws IOException {
        return launcher.start("up", service);
    }

    /** {@code ./ferry up} of a service that does not start. */
    Command.Result failingUp(String service) throws IOException {
        return launcher.run("up", service);
    }

    /** {@code ./ferry stop}. */
    void stop() throws IOException {
        launcher.run("stop");
    }

    /** Terminals in which somebody starts and ends its services. */
    Terminals terminals() {
        return new Terminals(ferry, launcher);
    }

    /** A process that the runner started, by what its command line contains. */
    Optional<ProcessHandle> startedByRunner(String text) throws IOException {
        return ferry.process("runner").stream()
                .flatMap(ProcessHandle::descendants)
                .filter(each -> each.info().commandLine().orElse("").contains(text))
                .findFirst();
    }

    /** One signal to all of them, the runner last: the worst order, since it hears of it when the rest has ended. */
    void signalRunnerAndAllItStarted(String signal) throws IOException {
        ProcessHandle runner = ferry.process("runner").orElseThrow();
        List<String> line = new ArrayList<>(List.of("kill", "-" + signal));
        runner.descendants().forEach(each -> line.add(Long.toString(each.pid())));
        line.add(Long.toString(runner.pid()));
        new Command(line, Environment.plain(), Path.of("/")).run();
    }

    Sender sender() throws IOException {
        return new Sender(ferry.webhook(), token("submit"));
    }

    Sender operator() throws IOException {
        return new Sender(ferry.webhook(), token("operator"));
    }

    /** The webhook, as far as the runner can tell. */
    Sender atRunner() throws IOException {
        return new Sender(ferry.runner(), token("runner"));
    }

    Path workspace() {
        return ferry.workspace();
    }

    Path file(String name) {
        return ferry.workspace().resolve(name);
    }

    Path home() {
        return ferry.home();
    }

    Pause pause(String name) {
        return new Pause(name, ferry.home().resolve("runner/tx"));
    }

    /** Gives one workspace's commands what those of another have in their HOME, as its owner may. */
    void copyHome(String from, String to, String folder) throws IOException {
        Path homes = ferry.home().resolve("runner/homes");
        Path target = Files.createDirectories(homes.resolve(to).resolve(SUBMITTER));
        Command.Result copy = Command.of(
                        Environment.plain(), homes, "cp", "-a", from + "/" + SUBMITTER + "/" + folder, target + "/")
                .run();
        if (copy.exitCode() != 0) {
            throw new IOException(copy.err());
        }
    }

    /** Where the runner listens once it is up. */
    int runnerPort() {
        return ferry.runnerPort();
    }

    ProcessHandle process(String service) throws IOException {
        return ferry.process(service).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        ferry.close();
    }

    private String token(String name) throws IOException {
        return Files.readString(ferry.home().resolve("tokens").resolve(name)).strip();
    }
}
