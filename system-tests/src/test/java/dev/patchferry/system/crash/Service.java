package dev.patchferry.system.crash;

import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One of the two services, started from its packaged jar as often as a test likes. Nobody starts it again when it dies.
 * Started and killed by one thread; its readiness may be awaited by many.
 */
final class Service implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    /** A process that writes its cache at its end takes a while. */
    private static final Duration STOP = Duration.ofSeconds(60);

    private static final Duration OFTEN = Duration.ofMillis(50);
    /** As an end by signal 9 is told. */
    private static final int KILLED = 137;

    private final String name;
    private final List<String> options;
    private final Environment environment;
    private final Path folder;
    private final Sender health;
    private volatile @Nullable RunningCommand running;

    Service(String name, List<String> options, Environment environment, Path folder, Sender health) {
        this.name = name;
        this.options = List.copyOf(options);
        this.environment = environment;
        this.folder = folder;
        this.health = health;
    }

    String name() {
        return name;
    }

    /** Starts it; does not wait until it is ready. */
    void start() throws IOException {
        start(environment);
    }

    /** Starts it, to die at a boundary. */
    void startToStopAt(String point) throws IOException {
        start(environment.with("FERRY_TEST_STOP_AT", point));
    }

    private void start(Environment chosen) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(System.getProperty("java.home") + "/bin/java", "--enable-native-access=ALL-UNNAMED"));
        // For quick starts; what is compiled how does not decide what is durable when.
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        line.addAll(options);
        line.addAll(List.of("-jar", Checkout.underTest().jarOf(name).toString()));
        running = new Command(line, chosen, folder).start();
    }

    boolean isAlive() {
        RunningCommand command = running;
        return command != null && command.isAlive();
    }

    boolean isReady() {
        try {
            return health.read("/q/health/ready").path("status").asText().equals("UP");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void awaitReady() {
        try {
            await().pollInterval(OFTEN).atMost(START).until(this::isReady);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(name + " is not ready:\n" + said(), e);
        }
    }

    /** As {@code kill -9} does: the process alone, at once. */
    void kill() throws IOException {
        RunningCommand command = running;
        if (command != null) {
            ProcessHandle.of(command.pid()).ifPresent(ProcessHandle::destroyForcibly);
            command.awaitEnd(STOP);
            forget(command);
        }
    }

    /** Waits until it has died at the boundary that it was started to die at. */
    void awaitStopped() throws IOException {
        RunningCommand command = running;
        if (command == null) {
            throw new IllegalStateException(name + " does not run");
        }
        int code = command.awaitEnd(STOP).exitCode();
        if (code != KILLED) {
            throw new AssertionError(name + " ended with " + code + ":\n" + said());
        }
        forget(command);
    }

    /** Everything that the running process has logged. */
    String said() {
        RunningCommand command = running;
        return command == null ? "" : command.out() + command.err();
    }

    private void forget(RunningCommand command) throws IOException {
        running = null;
        command.close();
    }

    /** Asks it to end, as the launcher does; does not wait. */
    void stop() {
        RunningCommand command = running;
        if (command != null) {
            ProcessHandle.of(command.pid()).ifPresent(ProcessHandle::destroy);
        }
    }

    @Override
    public void close() throws IOException {
        RunningCommand command = running;
        if (command != null) {
            stop();
            command.awaitEnd(STOP);
            forget(command);
        }
    }
}
