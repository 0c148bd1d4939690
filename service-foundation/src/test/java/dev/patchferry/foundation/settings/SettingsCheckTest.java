package dev.patchferry.foundation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {
    private final SettingsCheck check = new SettingsCheck();

    @ParameterizedTest
    @CsvSource({
        "ferry.workspaces.default.polcy, ferry.workspaces.default.policy",
        "ferry.workspaces.default.ruls[0], ferry.workspaces.default.rules",
        "ferry.workspaces.site.netwrok, ferry.workspaces.site.network",
        "ferry.workspace.site.network, ferry.workspaces.site.network",
        "ferry.workspaces.site.env-fils.TOKEN, ferry.workspaces.site.env-files.TOKEN",
        "ferry.rateLimit, ferry.rate-limit",
        "ferry.store.kept, ferry.store.keep",
        "%prod.ferry.sandbx, ferry.sandbox",
    })
    void refusesAPropertyThatIsNoSettingWithTheNearestName(String name, String nearest) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> check.check(file(name, "x"), "webhook"))
                .withMessageContaining(name.replace("%prod.", "") + " is no setting")
                .withMessageContaining("did you mean " + nearest + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "FERRY_RATE_LIMT, FERRY_RATE_LIMIT",
        "FERRY_WORKSPACES_DEFAULT_POLCY, FERRY_WORKSPACES_DEFAULT_POLICY",
        "FERRY_WORKSPACES_MY_LONG_NAME_NETWROK, FERRY_WORKSPACES_MY_LONG_NAME_NETWORK",
        "FERRY_WORKSPACE_SITE_PATH, FERRY_WORKSPACES_SITE_PATH",
        "FERRY_SUBMIT_TOKEN_FIL, FERRY_SUBMIT_TOKEN_FILE",
        "FERRY_WEBHOK_PORT, FERRY_WEBHOOK_PORT",
    })
    void refusesAVariableThatIsNoSettingWithTheNearestName(String name, String nearest) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> check.check(variables(Map.of(name, "x")), "runner"))
                .withMessage(name + " is no setting; did you mean " + nearest + "?");
        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> check.checkNames(Map.of(name, "x")));
    }

    @Test
    void saysWhereTheSettingsAreForANameThatIsLikeNone() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> check.check(file("ferry.colour-of-the-sky", "blue"), "webhook"))
                .withMessageEndingWith("docs/operations.md lists the settings");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ferry.workspaces.site.path",
                "ferry.workspaces.\"my.site\".default-format",
                "ferry.workspaces.site.rules[0]",
                "ferry.workspaces.site.env.NODE_ENV",
                "%dev.ferry.workspaces.site.cache",
                "quarkus.http.host",
            })
    void takesTheSettingsThatThereAre(String name) {
        assertThatCode(() -> check.check(file(name, "x"), "webhook")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FERRY_WORKSPACES_DEFAULT_POLICY",
                "FERRY_WORKSPACES_A_B_RULES_0_",
                "FERRY_WORKSPACES_SITE_ENV_NODE_ENV",
                "FERRY_WORKSPACES_SITE_NOT_SECRET",
                "FERRY_RUNNER_TOKEN_FILE",
                "FERRY_TEST_STOP_AT",
                "FERRY_BUILD_NETWORK",
                "FERRYMAN",
            })
    void takesTheVariablesThatThereAre(String name) {
        assertThatCode(() -> check.checkNames(Map.of(name, "x"))).doesNotThrowAnyException();
    }

    @Test
    void takesNoNoticeOfWhatKubernetesSetsForAService() {
        Map<String, String> injected = Map.ofEntries(
                Map.entry("FERRY_WEBHOOK_SERVICE_HOST", "10.0.0.7"),
                Map.entry("FERRY_WEBHOOK_SERVICE_PORT", "5555"),
                Map.entry("FERRY_WEBHOOK_SERVICE_PORT_HTTP", "5555"),
                Map.entry("FERRY_WEBHOOK_PORT", "tcp://10.0.0.7:5555"),
                Map.entry("FERRY_WEBHOOK_PORT_5555_TCP", "tcp://10.0.0.7:5555"),
                Map.entry("FERRY_WEBHOOK_PORT_5555_TCP_PROTO", "tcp"),
                Map.entry("FERRY_WEBHOOK_PORT_5555_TCP_PORT", "5555"),
                Map.entry("FERRY_WEBHOOK_PORT_5555_TCP_ADDR", "10.0.0.7"),
                Map.entry("FERRY_RUNNER_PORT", "tcp://10.0.0.8:5053"),
                Map.entry("FERRY_SERVICE_HOST", "10.0.0.9"),
                Map.entry("FERRY_PORT", "tcp://10.0.0.9:80"),
                Map.entry("FERRY_PORT_80_TCP_ADDR", "10.0.0.9"));

        assertThat(check.check(variables(injected), "webhook")).isEqualTo(injected.keySet());
    }

    @Test
    void refusesAPortThatIsNeitherAPortNorAService() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> check.check(variables(Map.of("FERRY_WEBHOOK_PORT", "http")), "webhook"))
                .withMessage("FERRY_WEBHOOK_PORT: `http` is no port; a port is a number from 1 to 65535");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ferry.sandbox | ful | ferry.sandbox is `ful`; it is one of full, none",
                "ferry.workspaces.site.network | hots | ferry.workspaces.site.network is `hots`; it is one of none, host",
                "ferry.workspace | / | ferry.workspace: `/` belongs to the system",
                "ferry.workspace | /proc/self | ferry.workspace: `/proc/self` belongs to the system",
                "ferry.workspaces.site.path | /etc/passwd | ferry.workspaces.site.path: `/etc/passwd` is a file; name a folder",
                "ferry.home | /etc/passwd/x | ferry.home: `/etc/passwd/x` lies below /etc/passwd, which is a file",
                "ferry.runner-token-file | /no/such | ferry.runner-token-file: `/no/such` does not exist",
                "ferry.runner-token-file | /etc | ferry.runner-token-file: `/etc` is a folder; name a file",
                "ferry.waiting-per-workspace | 0 | ferry.waiting-per-workspace: `0` is no number from 1",
                "ferry.approval.expires | tomorrow | ferry.approval.expires: `tomorrow` is no length of time",
                "ferry.runner.host | [::1]:5053 | ferry.runner.host: `[::1]:5053` is no address",
            })
    void refusesAValueThatMeansNothing(String name, String value, String message) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> check.check(file(name, value), "runner"))
                .withMessageStartingWith(message);
    }

    @Test
    void looksOnlyAtTheValuesThatTheServiceReads() {
        assertThatCode(() -> check.check(file("ferry.sandbox", "ful"), "webhook"))
                .doesNotThrowAnyException();
    }

    @Test
    void aWorkspaceIsJudgedByWhereALinkLeads(@TempDir Path folder) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/proc"));

        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> check.check(file("ferry.workspace", link.toString()), "runner"))
                .withMessageContaining("belongs to the system");
    }

    @Test
    void whatIsOverruledIsNotLookedAt() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of("ferry.sandbox", "ful"), "application.properties", 260))
                .withSources(new EnvConfigSource(Map.of("FERRY_SANDBOX", "none"), 300))
                .build();

        assertThatCode(() -> check.check(config, "runner")).doesNotThrowAnyException();
    }

    @Test
    void aFileTakesNoNamesOfVariables() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> check.check(file("FERRY_RATE_LIMIT", "10"), "webhook"))
                .withMessageContaining("FERRY_RATE_LIMIT is the name of a variable")
                .withMessageContaining("ferry.rate-limit");
    }

    private static SmallRyeConfig file(String name, String value) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of(name, value), "config/application.properties", 260))
                .build();
    }

    private static SmallRyeConfig variables(Map<String, String> variables) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(variables, 300))
                .build();
    }
}
