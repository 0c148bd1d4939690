package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log of a service that runs for long. */
@Tag("launcher")
class LogRotationTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @AutoClose
    private final Ferry ferry = Ferry.of(Checkout.underTest());

    LogRotationTest() throws IOException {}

    @Test
    void goesOnInANewFileWhileTheServiceRunsAndOlderOnesAreBounded() throws Exception {
        Path config = Files.createDirectories(ferry.home().resolve("config")).resolve("application.properties");
        Files.write(
                config, List.of("quarkus.log.file.rotation.max-file-size=1k", "quarkus.http.access-log.enabled=true"));
        try (RunningCommand up = ferry.launcher().start("up", "webhook")) {
            up.awaitSaying("Ctrl-C stops.", SOON);
            Sender sender = new Sender(ferry.webhook(), "none");

            await().atMost(SOON).until(() -> {
                sender.read("/q/health/live");
                return Files.exists(log(".3"));
            });

            assertThat(Files.readString(log(".1"))).contains("/q/health/live");
            try (Stream<Path> files = Files.list(ferry.home().resolve("run"))) {
                assertThat(files.filter(file -> file.getFileName().toString().startsWith("webhook.log")))
                        .hasSizeLessThanOrEqualTo(4);
            }
        }
    }

    private Path log(String suffix) {
        return ferry.home().resolve("run/webhook.log" + suffix);
    }
}
