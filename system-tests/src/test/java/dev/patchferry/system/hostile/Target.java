package dev.patchferry.system.hostile;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A packaged webhook, without a runner, that loses patience quickly. */
final class Target implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final Ferry ferry;
    private final RunningCommand up;

    Target() throws IOException {
        ferry = Ferry.of(Checkout.underTest());
        up = ferry.launcher()
                .with("FERRY_HTTP_HEAD_TIMEOUT", "2s")
                .with("FERRY_HTTP_REQUEST_TIMEOUT", "4s")
                .start("up", "webhook");
        up.awaitSaying("Ctrl-C stops.", READY_WITHIN);
    }

    int port() {
        return ferry.webhookPort();
    }

    String token() throws IOException {
        return Files.readString(ferry.home().resolve("tokens/submit")).strip();
    }

    Sender sender() throws IOException {
        return new Sender(ferry.webhook(), token());
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
