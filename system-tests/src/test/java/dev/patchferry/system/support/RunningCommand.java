package dev.patchferry.system.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** A started program whose output can be read while it runs. Closing it ends it and everything that it started. */
public final class RunningCommand implements AutoCloseable {
    private final Process process;
    private final Folder output;

    RunningCommand(Process process, Folder output) {
        this.process = process;
        this.output = output;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything it said on stdout so far. */
    public String out() {
        return read("out");
    }

    /** Everything it said on stderr so far. */
    public String err() {
        return read("err");
    }

    /** Sends it, and nothing it started, a signal. */
    public void signal(String name) throws IOException {
        Command.of(Environment.plain(), Path.of("/"), "kill", "-" + name, Long.toString(pid()))
                .run();
    }

    /** Waits until it has said something, on either stream; fails if it ends without. */
    public void awaitSaying(String text, Duration atMost) {
        try {
            await().atMost(atMost).until(() -> says(text) || !isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("has not said '" + text + "' within " + atMost + ":\n" + out() + err(), e);
        }
        if (!says(text)) {
            throw new AssertionError(
                    "ended with " + process.exitValue() + " without saying '" + text + "':\n" + out() + err());
        }
    }

    private boolean says(String text) {
        return out().contains(text) || err().contains(text);
    }

    public Command.Result awaitEnd(Duration atMost) {
        if (!ended(atMost)) {
            throw new AssertionError("still runs after " + atMost + ":\n" + out() + err());
        }
        return new Command.Result(process.exitValue(), out(), err());
    }

    private boolean ended(Duration atMost) {
        try {
            return process.waitFor(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kills it and all that it started but one, and what that one started. */
    public void killSparing(ProcessHandle spared) {
        Set<ProcessHandle> staying =
                Stream.concat(Stream.of(spared), spared.descendants()).collect(Collectors.toSet());
        List<ProcessHandle> others =
                process.descendants().filter(each -> !staying.contains(each)).toList();
        process.destroyForcibly();
        Killed.all(others);
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The children are gathered before their parent dies, for afterwards nobody knows whose they were. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> others = process.descendants().toList();
        process.destroyForcibly();
        Killed.all(others);
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        output.close();
    }

    private String read(String stream) {
        try {
            return Files.readString(output.path().resolve(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
