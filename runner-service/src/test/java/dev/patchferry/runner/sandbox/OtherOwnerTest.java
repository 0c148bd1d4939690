package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.Steps;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
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
    private static final int GROUP = 12_321;

    @TempDir
    Path folder;

    private SandboxBench bench;

    @BeforeEach
    void setUp() throws IOException {
        assumeTrue(Owner.ofThisProcess().isRoot(), "only root can work for somebody else");
        bench = new SandboxBench(somebodys(folder));
    }

    private static Path somebodys(Path folder) throws IOException {
        Path root = Files.createDirectories(folder.toRealPath().resolve("workspace-default"));
        Path home = Files.createDirectories(folder.resolve("home/home-default"));
        for (Path owned : new Path[] {root, home}) {
            Files.setAttribute(owned, "unix:uid", SOMEBODY);
            Files.setAttribute(owned, "unix:gid", SOMEBODY);
        }
        return folder;
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
    void commandsOpenTheirOutputByName() throws IOException {
        CommandResult.Ran ran = bench.run("echo out > /dev/stdout; echo err > /dev/stderr");

        assertThat(ran.exit()).as(bench.output()).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).isEqualTo("out\nerr\n");
    }

    /** The owner is in group 12321, as are files of the workspace, and in 12322, as is none of them. */
    @Test
    void commandsWorkWithFilesOfTheOwnersOtherGroups() throws IOException {
        Path second = somebodys(Files.createDirectory(folder.resolve("second")));
        Path shared = Files.createDirectory(second.toRealPath().resolve("workspace-default/shared"));
        Files.setAttribute(shared, "unix:gid", GROUP);
        Files.setAttribute(shared, "unix:mode", 02775);
        Path file = Files.writeString(shared.resolve("a.txt"), "a");
        Files.setAttribute(file, "unix:gid", GROUP);
        Files.setAttribute(file, "unix:mode", 0664);
        bench.close();
        bench = new SandboxBench(second, SandboxBench.SMALL, ControlGroups.find(), seeing(machineWithGroups()));

        CommandResult.Ran ran =
                bench.run("id -G; echo more >> shared/a.txt; mkdir shared/d; touch shared/d/new; touch plain");

        assertThat(ran.exit()).as(bench.output()).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).isEqualTo("12345 12321\n");
        bench.transaction.commit(bench.transaction.prepare(bench.transaction.changes()));
        bench.transaction.settled();
        assertThat(Owner.of(file)).isEqualTo(new Owner(0, GROUP));
        assertThat(Owner.of(shared.resolve("d"))).isEqualTo(new Owner(SOMEBODY, GROUP));
        assertThat(Owner.of(shared.resolve("d/new"))).isEqualTo(new Owner(SOMEBODY, GROUP));
        assertThat(Owner.of(bench.workspace.root().resolve("plain"))).isEqualTo(new Owner(SOMEBODY, SOMEBODY));
    }

    private Path machineWithGroups() throws IOException {
        Path etc = Files.createDirectories(folder.toRealPath().resolve("machine/etc"));
        Files.writeString(etc.resolve("passwd"), "root:x:0:0:::\nsomebody:x:12345:12345:::\n");
        Files.writeString(
                etc.resolve("group"),
                "root:x:0:\nsomebody:x:12345:\nweb:x:12321:somebody\nother:x:12322:somebody\ndisk:x:6:root,somebody\n");
        return etc;
    }

    private SystemView seeing(Path etc) throws IOException {
        SystemView machine = SystemView.ofThisMachine(folder.resolve("home"), List.of());
        return new SystemView(
                machine.folders().stream()
                        .map(shown ->
                                shown.source().equals(SystemView.ETC) ? new ShownFolder(etc, SystemView.ETC) : shown)
                        .toList(),
                machine.state(),
                List.of());
    }

    @Test
    void X38_commandsHaveNoCapabilities() throws IOException {
        bench.run("grep -E 'Cap(Prm|Eff|Bnd|Amb)|NoNewPrivs' /proc/self/status | tr -s '\\t' ' '");

        assertThat(bench.output())
                .isEqualTo("CapPrm: 0000000000000000\nCapEff: 0000000000000000\nCapBnd: 0000000000000000\n"
                        + "CapAmb: 0000000000000000\nNoNewPrivs: 1\n");
    }

    @Test
    void Y14_aFolderOfRootsGroupGivesCommandsNoneOfRootsGroups() throws IOException {
        Files.setAttribute(bench.workspace.root(), "unix:gid", 0);
        Path secret = Files.writeString(folder.resolve("of-roots-group"), "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
        CommandGrants granted = new CommandGrants(List.of(secret.toRealPath()), Map.of(), false);

        CommandResult.Ran ran = bench.run("id -g; id -G; touch made ~/kept; stat -c '%u %g' made");
        bench.run("cat " + secret.toRealPath(), granted);

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).startsWith("65534\n65534\n12345 65534\n").doesNotContain("secret");
    }

    /** Whoever asks by clone3, as new C libraries do first, is told to ask otherwise; threads and processes are made. */
    @Test
    void X38_commandsMakeNoUserNamespaceInAnyWay() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no python3 to make system calls with");

        bench.run("""
                python3 -c '
                import ctypes, platform, threading
                libc = ctypes.CDLL(None, use_errno=True)
                clone, unshare = {"x86_64": (56, 272), "aarch64": (220, 97)}[platform.machine()]
                for call in ((unshare, 0x10000000), (clone, 0x10000000 | 17, 0, 0, 0, 0), (435, 0, 0)):
                    print(libc.syscall(*call), ctypes.get_errno())
                thread = threading.Thread(target=lambda: print("thread"))
                thread.start()
                thread.join()
                '
                """);

        assertThat(bench.output()).isEqualTo("-1 1\n-1 1\n-1 38\nthread\n");
    }

    @Test
    void Y1_theFirstProcessCannotBeKilledNorTraced() throws IOException {
        bench.run("kill -9 1; kill -STOP 1; cat /proc/1/environ 2>/dev/null || echo refused");

        assertThat(bench.output()).isEqualTo("refused\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat /etc/shadow",
                "unshare --user true",
                "unshare --user --map-root-user --mount mount -t tmpfs none /tmp",
                "echo 1 > /proc/sys/kernel/core_uses_pid"
            })
    void X38_commandsCannotGainRights(String command) throws IOException {
        assertThat(bench.run(command).exit()).isNotEqualTo(new Exit.Ended(0));
    }
}
