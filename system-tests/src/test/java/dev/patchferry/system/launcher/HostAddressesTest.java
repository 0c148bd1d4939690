package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Launcher;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pair on addresses other than 127.0.0.1, in a network namespace that has a loopback interface alone, with further
 * addresses of both versions as a machine in a local network has them.
 */
@Tag("launcher")
class HostAddressesTest {
    private static final String WITH_ADDRESSES = """
            ip link set lo up && ip address add 198.51.100.7/32 dev lo && ip address add 2001:db8::7/128 dev lo && exec "$@"
            """;
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    @AutoClose
    private final Ferry ferry = Ferry.of(Checkout.underTest());

    HostAddressesTest() throws IOException {}

    @BeforeEach
    void requireNamespaces() throws IOException {
        assumeTrue(
                Command.of(
                                        Environment.plain(),
                                        Path.of("/"),
                                        "unshare",
                                        "--net",
                                        "sh",
                                        "-c",
                                        WITH_ADDRESSES,
                                        "sh",
                                        "true")
                                .run()
                                .exitCode()
                        == 0,
                "needs a network namespace of its own (root) and iproute2");
    }

    @ParameterizedTest
    @CsvSource({"::1, ::1", "198.51.100.7, 198.51.100.7", "2001:db8::7, ::1", "127.0.0.1, 198.51.100.7", "0.0.0.0, ::1"
    })
    void theWebhookFindsTheRunnerWhereItListens(String webhook, String runner) throws Exception {
        Launcher launcher = ferry.launcher()
                .with("FERRY_WEBHOOK_HOST", webhook)
                .with("FERRY_RUNNER_HOST", runner)
                .through("unshare", "--net", "sh", "-c", WITH_ADDRESSES, "sh");
        try (RunningCommand up = launcher.start("up")) {
            up.awaitSaying("Ctrl-C stops.", READY_WITHIN);

            Command.Result pasted = beside(up, firstPatch(up) + " -w ' http=%{http_code}'");

            assertThat(pasted.out()).contains("\"exit_code\":0").endsWith("http=200");
            assertThat(ferry.workspace().resolve("hello.txt")).hasContent("Hello from Patch Ferry\n");
            assertThat(beside(up, "curl -s http://127.0.0.2:" + ferry.runnerPort() + "/health")
                            .exitCode())
                    .as("curl's code for a refused connection")
                    .isEqualTo(7);
            assertThat(beside(up, "'" + Checkout.underTest().ferry() + "' status")
                            .exitCode())
                    .isZero();
        }
    }

    private static String firstPatch(RunningCommand up) {
        return up.out()
                .lines()
                .filter(line -> line.strip().startsWith("curl "))
                .findFirst()
                .orElseThrow();
    }

    /** What a shell in the namespace of the pair says to a line. */
    private Command.Result beside(RunningCommand up, String line) throws IOException {
        return Command.of(
                        ferry.launcher().environment(),
                        Path.of("/"),
                        "nsenter",
                        "--target",
                        Long.toString(up.pid()),
                        "--net",
                        "sh",
                        "-c",
                        line)
                .run();
    }
}
