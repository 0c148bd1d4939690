package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Ferry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A packaged service whose settings are wrong: ends with 78 and one line, before it opens a port or makes a folder. */
@Tag("launcher")
class WrongSettingsTest {
    private final Checkout checkout = Checkout.underTest();

    @AutoClose
    private final Ferry ferry = Ferry.of(checkout);

    WrongSettingsTest() throws IOException {}

    @ParameterizedTest
    @CsvSource({
        "webhook, FERRY_RATE_LIMT, 60, did you mean FERRY_RATE_LIMIT?",
        "webhook, FERRY_WORKSPACES_DEFAULT_POLCY, cautious, did you mean FERRY_WORKSPACES_DEFAULT_POLICY?",
        "runner, FERRY_WORKSPACES_DEFAULT_POLCY, cautious, did you mean FERRY_WORKSPACES_DEFAULT_POLICY?",
        "runner, FERRY_RATE_LIMT, 60, did you mean FERRY_RATE_LIMIT?",
    })
    void anUnknownVariableIsRefusedWithTheNearestName(String service, String variable, String value, String hint)
            throws Exception {
        refuses(service, ferry.launcher().environment().with(variable, value), variable + " is no setting; " + hint);
    }

    @ParameterizedTest
    @CsvSource({
        "ferry.workspaces.default.polcy, ferry.workspaces.default.policy",
        "ferry.workspaces.default.ruls[0], ferry.workspaces.default.rules",
        "ferry.workspaces.default.netwrok, ferry.workspaces.default.network",
    })
    void anUnknownPropertyInTheFileIsRefusedByBothServices(String name, String meant) throws Exception {
        Path config = Files.createDirectories(ferry.home().resolve("config"));
        Files.writeString(config.resolve("application.properties"), name + "=cautious\n");

        for (String service : new String[] {"webhook", "runner"}) {
            Command.Result ended = new Command(
                            BareService.of(checkout, ferry, service).line(),
                            ferry.launcher().environment(),
                            ferry.home())
                    .run();

            assertRefused(ended, name + " is no setting");
            assertThat(ended.err()).contains("application.properties", "did you mean " + meant + "?");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook | FERRY_SUBMIT_TOKEN_FILE     | /no/such/file | FERRY_SUBMIT_TOKEN_FILE: `/no/such/file` does not exist",
                "webhook | FERRY_SUBMIT_TOKEN_FILE     | /tmp          | FERRY_SUBMIT_TOKEN_FILE: `/tmp` is a folder; name a file",
                "webhook | FERRY_SUBMIT_TOKEN          | short         | FERRY_SUBMIT_TOKEN is shorter than 16 characters",
                "webhook | FERRY_RATE_LIMIT            | many          | FERRY_RATE_LIMIT is `many`",
                "webhook | FERRY_STORE_KEEP            | soon          | FERRY_STORE_KEEP: `soon` is no length of time",
                "webhook | FERRY_TRUSTED_PROXIES       | here          | FERRY_TRUSTED_PROXIES holds `here`",
                "webhook | FERRY_GITHUB_SECRET         | short         | FERRY_GITHUB_SECRET is shorter than 16 characters",
                "runner  | FERRY_SANDBOX               | ful           | FERRY_SANDBOX is `ful`; it is one of full, none",
                "runner  | FERRY_WORKSPACE             | /             | FERRY_WORKSPACE: `/` belongs to the system",
                "runner  | FERRY_WORKSPACE             | /proc         | FERRY_WORKSPACE: `/proc` belongs to the system",
                "runner  | FERRY_WORKSPACE             | /etc/hostname | FERRY_WORKSPACE: `/etc/hostname` is a file; name a folder",
                "runner  | FERRY_RUNNER_TOKEN          | short         | FERRY_RUNNER_TOKEN is shorter than 16 characters",
                "runner  | FERRY_WORKSPACES_SITE_POLICY | cautios      | ferry.workspaces.site.policy",
                "runner  | FERRY_WORKSPACES_DEFAULT_READ | /no/such/path | ferry.workspaces.default.read names /no/such/path, which does not exist",
                "runner  | FERRY_WORKSPACES_DEFAULT_NETWORK | hots     | FERRY_WORKSPACES_DEFAULT_NETWORK is `hots`; it is one of none, host",
            })
    void aValueThatMeansNothingIsRefusedWithItsName(String service, String variable, String value, String message)
            throws Exception {
        Environment environment = ferry.launcher().environment().with(variable, value);
        if (variable.startsWith("FERRY_WORKSPACES_SITE")) {
            environment = environment.with(
                    "FERRY_WORKSPACES_SITE_PATH", ferry.folder().resolve("site"));
        }

        refuses(service, environment, message);
    }

    @Test
    void whatKubernetesSetsForAServiceIsNoSetting() throws Exception {
        Environment environment = ferry.launcher()
                .environment()
                .with("FERRY_WEBHOOK_SERVICE_HOST", "10.0.0.7")
                .with("FERRY_WEBHOOK_SERVICE_PORT_HTTP", "5555")
                .with("FERRY_WEBHOOK_PORT_5555_TCP_ADDR", "10.0.0.7")
                .with("FERRY_RUNNER_PORT", "tcp://10.0.0.8:5053")
                .with("FERRY_POLCY", "x");

        // It gets as far as the one name that is wrong.
        refuses("webhook", environment, "FERRY_POLCY is no setting");
    }

    private void refuses(String service, Environment environment, String message) throws Exception {
        assertRefused(BareService.of(checkout, environment, service).run(), message);
    }

    private static void assertRefused(Command.Result ended, String message) {
        assertThat(ended.out() + ended.err())
                .contains(message)
                .doesNotContain("Exception", "\tat ", "dev.patchferry", "SRCFG");
        assertThat(ended.exitCode()).isEqualTo(78);
    }
}
