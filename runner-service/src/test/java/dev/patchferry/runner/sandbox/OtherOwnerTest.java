package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.Owner;
import dev.patchferry.runner.workspace.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Root works in a workspace that belongs to somebody else: commands are that user, and so are their files. */
@Timeout(60)
class OtherOwnerTest {
    private static final int SOMEBODY = 12_345;

    @TempDir
    Path folder;

    private SandboxBench bench;

    @BeforeEach
    void setUp() throws IOException {
        assumeTrue(Owner.ofThisProcess().isRoot(), "only root can work for somebody else");
        Path root = Files.createDirectories(folder.toRealPath().resolve("workspace-default"));
        Path home = Files.createDirectories(folder.resolve("home/home-default"));
        for (Path owned : new Path[] {root, home}) {
            Files.setAttribute(owned, "unix:uid", SOMEBODY);
            Files.setAttribute(owned, "unix:gid", SOMEBODY);
        }
        bench = new SandboxBench(folder);
    }

    @AfterEach
    void tearDown() {
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void commandsAreTheOwnerAndCanWrite() throws IOException {
        bench.transaction.apply(Steps.write("engine.txt", "e"));

        CommandResult.Ran ran =
                bench.run("id -u; id -g; id -G; echo more >> engine.txt; touch made ~/kept; stat -c %u made");

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).isEqualTo("12345\n12345\n12345\n12345\n");
        assertThat(bench.transaction.changes().files()).hasSize(2);
        assertThat(Owner.of(bench.transaction.upper().resolve("engine.txt"))).isEqualTo(new Owner(SOMEBODY, SOMEBODY));
    }

    @Test
    void X38_commandsHaveNoCapabilities() throws IOException {
        bench.run("grep -E 'Cap(Prm|Eff|Bnd|Amb)|NoNewPrivs' /proc/self/status | tr -s '\\t' ' '");

        assertThat(bench.output())
                .isEqualTo("CapPrm: 0000000000000000\nCapEff: 0000000000000000\nCapBnd: 0000000000000000\n"
                        + "CapAmb: 0000000000000000\nNoNewPrivs: 1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat /etc/shadow",
                "kill -9 1",
                "unshare --user --map-root-user --mount mount -t tmpfs none /tmp",
                "echo 1 > /proc/sys/kernel/core_uses_pid"
            })
    void X38_commandsCannotGainRights(String command) throws IOException {
        assertThat(bench.run(command).exit()).isNotEqualTo(new Exit.Ended(0));
    }
}
