package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Launcher;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which address each service listens on. */
@Tag("launcher")
class HostsTest {
    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();

    HostsTest() throws IOException {}

    @Test
    void Y23_eachServiceHasAnAddressOfItsOwn() throws Exception {
        Launcher launcher =
                ferry.launcher().with("FERRY_WEBHOOK_HOST", "127.0.0.2").with("FERRY_RUNNER_HOST", "127.0.0.3");
        try (RunningCommand up = launcher.start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

            assertThat(up.out())
                    .contains("http://127.0.0.2:" + ferry.webhookPort(), "http://127.0.0.3:" + ferry.runnerPort());
            assertThat(environment("webhook"))
                    .contains("QUARKUS_HTTP_HOST=127.0.0.2")
                    .contains("FERRY_RUNNER_URL=http://127.0.0.3:" + ferry.runnerPort());
            assertThat(environment("runner")).contains("QUARKUS_HTTP_HOST=127.0.0.3");
        }
    }

    @Test
    void Y23_theOldSettingOpensTheWebhookAlone() throws Exception {
        try (RunningCommand up =
                ferry.launcher().with("QUARKUS_HTTP_HOST", "0.0.0.0").start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

            assertThat(environment("webhook")).contains("QUARKUS_HTTP_HOST=0.0.0.0");
            assertThat(environment("runner")).contains("QUARKUS_HTTP_HOST=127.0.0.1");
            assertThat(up.err()).contains("the runner listens on FERRY_RUNNER_HOST (127.0.0.1)");
        }
    }

    @Test
    void Y23_bothListenOnTheLoopbackAddressByDefault() throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

            assertThat(environment("webhook"))
                    .contains("QUARKUS_HTTP_HOST=127.0.0.1")
                    .doesNotContain("FERRY_RUNNER_URL=");
            assertThat(environment("runner")).contains("QUARKUS_HTTP_HOST=127.0.0.1");
        }
    }

    @Test
    void Y23_anAddressOfTheSixthVersionWorks() throws Exception {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        assumeTrue(
                NetworkInterface.getByInetAddress(InetAddress.getByAddress(loopback)) != null,
                "no ::1 on this machine");
        Launcher launcher = ferry.launcher().with("FERRY_WEBHOOK_HOST", "::1").with("FERRY_RUNNER_HOST", "::1");
        try (RunningCommand up = launcher.start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

            assertThat(environment("webhook")).contains("FERRY_RUNNER_URL=http://[::1]:" + ferry.runnerPort());
            assertThat(launcher.run("status").out()).contains("http://[::1]:" + ferry.webhookPort(), "ready");
        }
    }

    @Test
    void whatIsNoAddressIsRefused() throws Exception {
        Command.Result up =
                ferry.launcher().with("FERRY_RUNNER_HOST", "[::1]:5053").run("up");

        assertThat(up.exitCode()).isEqualTo(78);
        assertThat(up.err()).contains("FERRY_RUNNER_HOST is '[::1]:5053'", "without port and brackets");
    }

    private String environment(String service) throws IOException {
        long pid = ferry.process(service).orElseThrow().pid();
        return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/environ")), StandardCharsets.UTF_8)
                .replace('\0', '\n');
    }
}
