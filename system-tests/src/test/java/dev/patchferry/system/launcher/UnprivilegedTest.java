package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Launcher;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("launcher")
@Execution(ExecutionMode.CONCURRENT)
class UnprivilegedTest {
    private static final int SOMEBODY = 31_337;
    private static final int SOMEBODY_ELSE = 31_338;
    private static final Duration SOON = Duration.ofSeconds(60);

    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();

    UnprivilegedTest() throws IOException {}

    @BeforeEach
    void onlyRootBecomesSomebodyElse() {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root to become somebody else");
    }

    @Test
    void anyoneCanRunACheckoutOfTheirOwn() throws Exception {
        fake.giveTo(SOMEBODY);

        try (RunningCommand up = ferry.launcherOf(SOMEBODY).start("up")) {
            up.awaitSaying("Ctrl-C stops.", SOON);

            assertThat(Files.getAttribute(ferry.workspace(), "unix:uid")).isEqualTo(SOMEBODY);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ferry.home())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aCheckoutThatIsNotTheirsAndNotBuiltIsRefused() throws Exception {
        Command.Result up = ferry.launcherOf(SOMEBODY).run("up");

        assertThat(up.exitCode()).isEqualTo(73);
        assertThat(up.err()).contains(fake.root() + "/target is not writable");
    }

    @Test
    void aCheckoutThatIsBuiltNeedsNotBeTheirs() throws Exception {
        assertThat(ferry.launcher().run("plan", "x").exitCode()).isNotZero();

        try (RunningCommand up = ferry.launcherOf(SOMEBODY).start("up")) {
            up.awaitSaying("Ctrl-C stops.", SOON);
        }
        assertThat(fake.builds()).isEqualTo(1);
    }

    @Test
    void theStateOfSomebodyElseIsRefused() throws Exception {
        fake.giveTo(SOMEBODY);
        Launcher first = ferry.launcherOf(SOMEBODY);
        assertThat(first.run("plan", "x").exitCode()).isNotZero();
        Files.createDirectories(ferry.home().resolve("run"));

        Command.Result up = first.as(SOMEBODY_ELSE).run("up");

        assertThat(up.exitCode()).isEqualTo(73);
        assertThat(up.err()).contains("FERRY_HOME (" + ferry.home() + ")");
    }
}
