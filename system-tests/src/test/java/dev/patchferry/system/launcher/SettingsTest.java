package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Loopback;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("launcher")
@Execution(ExecutionMode.CONCURRENT)
class SettingsTest {
    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();

    SettingsTest() throws IOException {}

    @Test
    void worksThroughASymbolicLinkAndFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(
                ferry.folder().resolve("linked-ferry"), fake.root().resolve("ferry"));

        Command.Result status = Command.of(ferry.launcher().environment(), ferry.folder(), link.toString(), "status")
                .run();

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.out()).contains(ferry.home().toString());
    }

    @Test
    void foldersDefaultToTheCheckoutNotToWhereItWasCalled() throws Exception {
        Command.Result status = ferry.launcher()
                .without("FERRY_HOME")
                .with("FERRY_WORKSPACE", "some/where")
                .run("status");

        assertThat(status.out())
                .contains(fake.root().resolve(".ferry").toString())
                .contains(fake.root().resolve("some/where").toString());
    }

    @Test
    void refusesAWorkspaceThatHoldsTheState() throws Exception {
        Path state = ferry.workspace().resolve("deep/state");

        Command.Result up = ferry.launcher().with("FERRY_HOME", state).run("up");

        assertThat(up.exitCode()).isEqualTo(78);
        assertThat(up.err()).contains("FERRY_HOME (" + state + ")", "FERRY_WORKSPACE (" + ferry.workspace() + ")");
        assertThat(state).doesNotExist();
    }

    @Test
    void refusesAWorkspaceInsideTheStateEvenThroughALink() throws Exception {
        Files.createDirectories(ferry.home().resolve("inner"));
        Path link = Files.createSymbolicLink(
                ferry.folder().resolve("link"), ferry.home().resolve("inner"));

        Command.Result up = ferry.launcher().with("FERRY_WORKSPACE", link).run("up");

        assertThat(up.exitCode()).isEqualTo(78);
        assertThat(up.err()).contains("lies in FERRY_HOME (" + ferry.home() + ")");
    }

    @Test
    void refusesOneFolderForBoth() throws Exception {
        assertThat(ferry.launcher()
                        .with("FERRY_WORKSPACE", ferry.home())
                        .run("up")
                        .exitCode())
                .isEqualTo(78);
    }

    @ParameterizedTest
    @CsvSource({
        "FERRY_WEBHOOK_PORT, http, a port is a number from 1 to 65535",
        "FERRY_RUNNER_PORT, 65536, a port is a number from 1 to 65535",
        "FERRY_SANDBOX, off, without any protection",
    })
    void refusesASettingThatMakesNoSense(String variable, String value, String reason) throws Exception {
        Command.Result up = ferry.launcher().with(variable, value).run("up");

        assertThat(up.exitCode()).isEqualTo(78);
        assertThat(up.err()).contains(variable + " is '" + value + "'", reason);
    }

    @ParameterizedTest
    @CsvSource({
        "FERRY_RATE_LIMT, FERRY_RATE_LIMIT",
        "FERRY_WORKSPACES_DEFAULT_POLCY, FERRY_WORKSPACES_DEFAULT_POLICY",
        "FERRY_WORKSPACES_MY_SITE_NETWROK, FERRY_WORKSPACES_MY_SITE_NETWORK",
    })
    void refusesAVariableThatIsNoSettingBeforeItBuildsAnything(String variable, String meant) throws Exception {
        for (String command : new String[] {"up", "restart"}) {
            Command.Result ended = ferry.launcher().with(variable, "x").run(command);

            assertThat(ended.exitCode()).isEqualTo(78);
            assertThat(ended.err()).contains(variable + " is no setting; did you mean " + meant + "?");
        }
        assertThat(fake.builds()).isZero();
        assertThat(ferry.home()).doesNotExist();
    }

    @Test
    void whatKubernetesSetsForAServiceIsNoSetting() throws Exception {
        Command.Result up = ferry.launcher()
                .with("FERRY_WEBHOOK_SERVICE_HOST", "10.0.0.7")
                .with("FERRY_WEBHOOK_PORT_5555_TCP_ADDR", "10.0.0.7")
                .with("FERRY_WEBHOOK_PORT", "tcp://10.0.0.7:5555")
                .with("FERRY_SANDBOX", "ful")
                .run("up");

        // It gets as far as the one value that is wrong.
        assertThat(up.err()).contains("FERRY_SANDBOX is 'ful'").doesNotContain("tcp:");
    }

    @Test
    void refusesOnePortForBoth() throws Exception {
        Command.Result up =
                ferry.launcher().with("FERRY_RUNNER_PORT", ferry.webhookPort()).run("up");

        assertThat(up.exitCode()).isEqualTo(78);
        assertThat(up.err()).contains("each service needs its own");
    }

    @Test
    void aTakenPortIsNamedWithItsProcessAndTheVariableToChange() throws Exception {
        try (ServerSocket taken = Loopback.listenOn(ferry.runnerPort())) {
            Command.Result up = ferry.launcher().run("up");

            assertThat(up.exitCode()).isEqualTo(75);
            assertThat(up.err())
                    .contains("port " + taken.getLocalPort())
                    .contains("process " + ProcessHandle.current().pid())
                    .contains("FERRY_RUNNER_PORT=" + (taken.getLocalPort() + 1));
        }
    }

    @Test
    void anUnknownCommandIsMisuseAndSaysWhatThereIs() throws Exception {
        Command.Result nonsense = ferry.launcher().run("sail");

        assertThat(nonsense.exitCode()).isEqualTo(64);
        assertThat(nonsense.err())
                .contains("there is no command 'sail'", "up, status, stop, restart, plan, token, test");
    }

    @Test
    void helpNamesEveryCommandAndVariable() throws Exception {
        assertThat(ferry.launcher().run("--help").out())
                .contains("up", "status", "stop", "restart", "plan", "test")
                .contains("FERRY_HOME", "FERRY_WORKSPACE", "FERRY_WEBHOOK_PORT", "FERRY_RUNNER_PORT", "FERRY_SANDBOX");
    }

    @Test
    void aCommandAskedForHelpDoesNothingElse() throws Exception {
        Command.Result up = ferry.launcher().run("up", "--help");

        assertThat(up.exitCode()).isZero();
        assertThat(up.out()).contains("./ferry up");
        assertThat(ferry.home()).doesNotExist();
    }
}
