package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that try to get further than they should, or to confuse whoever watches them. */
@Timeout(120)
class HostileCommandsTest {
    /** What the copier may have read when the log was full; it is dropped without being counted. */
    private static final long COPIER_BUFFER = 128 << 10;

    @TempDir
    Path folder;

    private SandboxBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new SandboxBench(folder);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printf '#!/no/such/interpreter\\n' > bad; chmod +x bad; ./bad",
                "printf 'not a program' > file; ./file",
                "cp /bin/sleep busy; ./busy 5 & sleep 0.2; echo x > busy",
                "/bin/true $(seq 1 700000)"
            })
    void X17_whatCannotBeExecutedFailsLikeInAnyShell(String command) throws IOException {
        assertThat(bench.run(command).exit())
                .isInstanceOfSatisfying(
                        Exit.Ended.class, ended -> assertThat(ended.code()).isBetween(1, 127));
    }

    @RepeatedTest(5)
    void X19_aTimeoutAtTheVeryEndIsOneOrTheOther() throws IOException {
        Marker marker = Marker.unique();

        Exit exit = bench.run("sleep " + marker + " & sleep 0.5", Duration.ofMillis(500), new Cancellation())
                .exit();

        assertThat(exit).isIn(new Exit.Ended(0), new Exit.TimedOut());
        assertThat(marker.alive()).isEmpty();
    }

    @Test
    void X21_cannotSetTheClock() throws IOException {
        assertThat(bench.run("date -s '2001-01-01'").exit()).isNotEqualTo(new Exit.Ended(0));
    }

    @Test
    void X23_aSingleHugeLineIsBoundedLikeAnyOutput() throws IOException {
        CommandResult.Ran ran = bench.run("head -c 100000000 /dev/zero | tr '\\0' a");

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        assertThat(Files.size(bench.log)).isEqualTo(SandboxBench.SMALL.outputBytes());
        assertThat(ran.droppedBytes())
                .isBetween(
                        100_000_000 - SandboxBench.SMALL.outputBytes() - COPIER_BUFFER,
                        100_000_000 - SandboxBench.SMALL.outputBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec 3<>/dev/tcp/169.254.169.254/80",
                "exec 3<>/dev/tcp/1.1.1.1/443",
                "exec 3<>/dev/udp/1.1.1.1/53 && echo x >&3",
                "getent hosts example.org",
                "ping -c 1 -W 1 127.0.0.1"
            })
    void X36_hasNoNetworkToReachAnythingBy(String command) throws IOException {
        assertThat(bench.run(command).exit()).isNotEqualTo(new Exit.Ended(0));
    }

    @Test
    void X36_cannotReachAnAbstractSocketOfTheMachine() throws IOException {
        bench.run("cat /proc/net/unix | grep -c '@' || true");

        assertThat(bench.output()).isEqualTo("0\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat /proc/1/mem",
                "head -c 1 /proc/1/root/etc/shadow",
                "ls /proc/1/root/root",
                "cat /proc/1/environ | tr '\\0' '\\n' | grep FERRY_",
                "cat /proc/sys/kernel/core_pattern > /dev/null; echo x > /proc/sys/kernel/core_pattern"
            })
    void X37_theProcessAboveIsNoWayOut(String command) throws IOException {
        assertThat(bench.run(command).exit()).isNotEqualTo(new Exit.Ended(0));
    }

    @Test
    void X38_aSetIdProgramGivesNoOtherRights() throws IOException {
        bench.run("cp /usr/bin/id mine; chmod 6755 mine; ./mine -u > by-set-id; id -u > plain; cmp by-set-id plain");

        assertThat(bench.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LD_PRELOAD", "BASH_ENV", "ENV", "PYTHONPATH", "GIT_CONFIG_GLOBAL", "JAVA_TOOL_OPTIONS"})
    void X41_variablesThatLoadCodeAreNotHandedIn(String variable) throws IOException {
        bench.run("echo \"${" + variable + "-unset}\"; case :$PATH: in *::*|*:.:*) echo dot in path;; esac");

        assertThat(bench.output()).isEqualTo("unset\n");
    }

    @Test
    void X45_seesNothingOfAnotherWorkspace() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other-workspace"));
        Files.writeString(other.resolve("secret.txt"), "secret");

        bench.run("cat " + other + "/secret.txt; ls " + other + "; ls -A /home /run /root 2>/dev/null");

        assertThat(bench.output()).doesNotContain("secret\n");
    }

    @Test
    void X36_cannotReachTheRunnersOwnPort() throws IOException {
        try (ServerSocket runner = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            runner.setSoTimeout(100);
            for (String host : new String[] {"127.0.0.1", "0.0.0.0", "localhost"}) {
                assertThat(bench.run("exec 3<>/dev/tcp/" + host + "/" + runner.getLocalPort())
                                .exit())
                        .isNotEqualTo(new Exit.Ended(0));
            }
        }
    }

    @Test
    void X47_theLogSurvivesWhoeverTriesToRemoveIt() throws IOException {
        bench.run("echo kept; rm -f " + bench.log + "; : > " + bench.log + "; exec 1>/dev/null 2>&1; echo gone");

        assertThat(bench.output()).startsWith("kept\n");
        assertThat(bench.log).exists();
    }

    @Test
    void X47_whatACommandDoesToTheRightsOfItsOutputIsNotLeftToTheNext() throws IOException {
        for (int i = 0; i < 3; i++) {
            bench.run("chmod 0 /proc/self/fd/1");
        }
        for (int i = 0; i < 3; i++) {
            bench.run("stat -L -c %a /proc/self/fd/1");
        }

        assertThat(bench.output()).isEqualTo("622\n622\n622\n");
    }
}
