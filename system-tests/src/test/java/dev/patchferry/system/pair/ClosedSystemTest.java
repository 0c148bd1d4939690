package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.SmallDisk;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine that lets the services, or what they run, do less than they need: said in words. */
@Tag("system")
class ClosedSystemTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int SOMEBODY = 31_337;
    private static final String NO_EXEC = "mount -t tmpfs -o noexec,mode=0700,uid=31337,gid=31337 none ";
    /** Nothing of the machine's own is changed. */
    private static final String OWN_ETC = "cp -a /etc \"$1/etc\"; mount --bind \"$1/etc\" /etc; ";

    @BeforeEach
    void onlyRootMounts() throws IOException {
        assumeTrue(SmallDisk.canBeMade(), "needs root, and a kernel that lets it mount");
    }

    @ParameterizedTest
    @CsvSource({"webhook", "runner"})
    void aHomeFromWhichNoLibraryCanBeLoadedIsNamed(String service) throws Exception {
        String mounts = "mkdir -m 700 \"$1/home/" + service + "\"; " + NO_EXEC + "\"$1/home/" + service + "\"";
        try (RunningPair pair = RunningPair.mounted(SOMEBODY, mounts)) {
            Command.Result up = pair.failingUp(service);

            assertThat(up.exitCode()).as(up.err()).isEqualTo(78);
            assertThat(up.err())
                    .contains("that file system is mounted noexec", "set FERRY_HOME to a folder elsewhere")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void programsOfAPatchRunInAWorkspaceThatIsMountedSo() throws Exception {
        try (RunningPair pair = RunningPair.mounted(SOMEBODY, NO_EXEC + "\"$1/workspace\"");
                RunningCommand up = pair.up()) {
            JsonNode patch =
                    pair.sender().sendShell("a", "printf '#!/bin/sh\\necho it ran\\n' > x.sh; chmod +x x.sh; ./x.sh");

            assertThat(patch.path("status").asText()).as(patch.toString()).isEqualTo("succeeded");
            assertThat(up.isAlive()).isTrue();
        }
    }

    @Test
    void aListOfUsersThatTheRunnerMayNotReadIsNamed() throws Exception {
        try (RunningPair pair = RunningPair.mounted(SOMEBODY, OWN_ETC + "chmod 600 /etc/passwd");
                RunningCommand up = pair.starting("runner")) {
            up.awaitSaying(
                    "user " + SOMEBODY + ", as whom the runner and its commands run, may not read /etc/passwd, in which"
                            + " programs look up who they are; chmod a+r /etc/passwd",
                    SOON);
        }
    }

    @Test
    void settingsOfTheMachineThatNobodyMayLookIntoAreNamedBeforeAnythingIsStarted() throws Exception {
        try (RunningPair pair = RunningPair.mounted(SOMEBODY, OWN_ETC + "chmod 700 /etc")) {
            Command.Result up = pair.failingUp("runner");

            assertThat(up.exitCode()).as(up.err()).isEqualTo(69);
            assertThat(up.err())
                    .contains(SOMEBODY + " may not look into /etc, which nearly every program does; chmod a+rx /etc.");
        }
    }
}
