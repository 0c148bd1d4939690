package dev.patchferry.system.pair;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Launcher;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A ferry whose services a test starts and stops as it likes. Everything ends when it is closed. */
final class RunningPair implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final Ferry ferry;
    private final Launcher launcher;

    RunningPair() throws IOException {
        ferry = Ferry.of(Checkout.underTest());
        launcher = ferry.launcher();
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

    Sender sender() throws IOException {
        return new Sender(ferry.webhook(), token("submit"));
    }

    Sender operator() throws IOException {
        return new Sender(ferry.webhook(), token("operator"));
    }

    Path file(String name) {
        return ferry.workspace().resolve(name);
    }

    Path home() {
        return ferry.home();
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
