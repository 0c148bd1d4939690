package dev.patchferry.system.hostile;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A packaged webhook, without a runner, that loses patience quickly. */
final class Target implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final Ferry ferry;
    private final RunningCommand up;
    private final String token;
    private final List<String> secrets;

    Target() throws IOException {
        ferry = Ferry.of(Checkout.underTest());
        up = ferry.launcher()
                .with("FERRY_HTTP_HEAD_TIMEOUT", "2s")
                .with("FERRY_HTTP_REQUEST_TIMEOUT", "4s")
                .start("up", "webhook");
        up.awaitSaying("Ctrl-C stops.", READY_WITHIN);
        token = secret("submit");
        secrets = List.of(token, secret("operator"), secret("runner"));
    }

    int port() {
        return ferry.webhookPort();
    }

    String token() {
        return token;
    }

    /** What no answer and no log may hold, also where an attacker sent it. */
    List<String> secrets() {
        return secrets;
    }

    private String secret(String name) throws IOException {
        return Files.readString(ferry.home().resolve("tokens/" + name)).strip();
    }

    Sender sender() {
        return new Sender(ferry.webhook(), token);
    }

    /** What of it is in memory, in KiB. */
    long resident() throws IOException {
        long pid = ferry.process("webhook").orElseThrow().pid();
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    String log() throws IOException {
        return Files.readString(ferry.home().resolve("run/webhook.log"));
    }

    @Override
    public void close() throws IOException {
        up.close();
        ferry.close();
    }
}
