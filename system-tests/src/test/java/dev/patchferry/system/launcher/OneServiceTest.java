package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of the two services is stopped, restarted or loses its supervisor while the other one goes on. */
@Tag("launcher")
@Execution(ExecutionMode.CONCURRENT)
class OneServiceTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String READY = "Ctrl-C stops.";

    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();

    OneServiceTest() throws IOException {}

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "runner"})
    void restartBringsItUpAgainBesideTheOther(String service) throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying(READY, SOON);
            ProcessHandle first = ferry.process(service).orElseThrow();
            ProcessHandle other = ferry.process(otherThan(service)).orElseThrow();

            try (RunningCommand restart = ferry.launcher().start("restart", service)) {
                restart.awaitSaying(READY, SOON);

                assertThat(ferry.launcher().run("status").exitCode()).isZero();
                assertThat(first.isAlive()).isFalse();
                assertThat(ferry.process(otherThan(service))).contains(other);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "runner"})
    void stopAndUpBringItUpAgainBesideTheOther(String service) throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying(READY, SOON);

            assertThat(ferry.launcher().run("stop", service).exitCode()).isZero();
            Command.Result down = ferry.launcher().run("status");
            assertThat(down.exitCode()).isEqualTo(1);
            assertThat(down.err()).contains("the " + service + " is down; './ferry up " + service + "' starts it");

            try (RunningCommand again = ferry.launcher().start("up")) {
                again.awaitSaying(READY, SOON);
                assertThat(ferry.launcher().run("status").exitCode()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "up webhook", "restart webhook"})
    void aServiceWhoseSupervisorWasKilledIsTakenOver(String command) throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying(READY, SOON);
            ProcessHandle service = ferry.process("webhook").orElseThrow();
            killSupervisor();

            Command.Result status = ferry.launcher().run("status");
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.err())
                    .contains("nobody would start the webhook again if it died: its supervisor was killed");

            try (RunningCommand again = ferry.launcher().start(command.split(" "))) {
                again.awaitSaying(READY, SOON);

                assertThat(ferry.launcher().run("status").exitCode()).isZero();
                await().atMost(SOON).until(() -> !service.isAlive());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "up webhook", "restart webhook"})
    void aServiceThatWasKilledWithItsSupervisorIsStartedAgain(String command) throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying(READY, SOON);
            ProcessHandle service = ferry.process("webhook").orElseThrow();
            killSupervisor();
            service.destroyForcibly();
            await().atMost(SOON)
                    .until(() -> ferry.launcher().run("status").out().contains("webhook   not running"));

            Command.Result status = ferry.launcher().run("status");
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.err()).contains("the webhook is down; './ferry up webhook' starts it");

            try (RunningCommand again = ferry.launcher().start(command.split(" "))) {
                again.awaitSaying(READY, SOON);
                assertThat(ferry.launcher().run("status").exitCode()).isZero();
            }
        }
    }

    private void killSupervisor() throws IOException {
        ProcessHandle supervisor = ferry.supervisor("webhook").orElseThrow();
        supervisor.destroyForcibly();
        await().atMost(SOON).until(() -> !supervisor.isAlive());
    }

    private static String otherThan(String service) {
        return service.equals("webhook") ? "runner" : "webhook";
    }
}
