package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command in the sandbox can not reach. */
@Timeout(60)
class ConfinementTest {
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
            strings = {"/probe", "/usr/probe", "/etc/probe", "/home/probe", "/var/probe", "/run/probe", "/root/probe"})
    void X33_cannotWriteToTheSystem(String path) throws IOException {
        assertThat(bench.run("echo x > " + path).exit()).isEqualTo(new Exit.Ended(1));
        assertThat(Files.exists(Path.of(path))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp/ferry-probe", "/dev/shm/ferry-probe", "$HOME/ferry-probe"})
    void X33_hasAPrivatePlaceForTemporaryFiles(String path) throws IOException {
        assertThat(bench.run("echo x > " + path).exit()).isEqualTo(new Exit.Ended(0));
        assertThat(Path.of("/tmp/ferry-probe")).doesNotExist();
        assertThat(Path.of("/dev/shm/ferry-probe")).doesNotExist();
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void X33_itsTemporaryFilesAreBounded() throws IOException {
        assertThat(bench.run("head -c 6000000 /dev/zero > /tmp/a && head -c 6000000 /dev/zero > /tmp/b")
                        .exit())
                .isNotEqualTo(new Exit.Ended(0));
    }

    @Test
    void keepsItsHomeForTheNextCommandOfThePatchAndApartFromTheWorkspace() throws IOException {
        bench.run("mkdir -p ~/.cache && echo kept > ~/.cache/x");
        bench.run("cat ~/.cache/x");

        assertThat(bench.output()).isEqualTo("kept\n");
    }

    @Test
    void X34_cannotChangeWhatIsOutside() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "x");

        bench.run("chmod 777 /etc/passwd; touch -d @0 /etc/passwd; chmod 777 " + outside);

        assertThat(Files.getPosixFilePermissions(Path.of("/etc/passwd"))).hasSizeLessThan(9);
        assertThat(Files.getPosixFilePermissions(outside)).hasSizeLessThan(9);
    }

    /** Also as root, who owns them; if it could, this would change nothing about them. */
    @Test
    void X34_cannotChangeADeviceOfTheMachines() throws IOException {
        bench.run("for device in /dev/null /dev/full /dev/zero /proc/self/fd/0; do"
                + " chmod 666 $device 2>/dev/null && echo changed $device; done;"
                + " echo x > /dev/null && head -c 2 /dev/zero | wc -c");

        assertThat(bench.output()).isEqualTo("2\n");
    }

    @Test
    void X35_X45_cannotReadSecretsNorTheRunnersOwnFiles() throws IOException {
        Path token = Files.writeString(bench.workspace.transactions().resolveSibling("token"), "secret-of-the-runner");

        bench.run("cat /etc/shadow /etc/gshadow " + token + " " + bench.log + " 2>/dev/null;"
                + " ls /root /run /var /mnt /srv /sys 2>/dev/null; ls " + folder);

        assertThat(bench.output()).isEqualTo(bench.workspace.root().getFileName() + "\n");
    }

    @Test
    void X35_startsWithAnEnvironmentOfItsOwn() throws IOException {
        bench.run("env | sed 's/=.*//' | sort | tr '\\n' ' '; cat /proc/1/environ 2>/dev/null | wc -c");

        Stream<String> always = Stream.of(
                "GIT_CONFIG_SYSTEM",
                "GIT_OPTIONAL_LOCKS",
                "GIT_TERMINAL_PROMPT",
                "HOME",
                "LANG",
                "PATH",
                "PWD",
                "SHLVL",
                "TERM",
                "_");
        boolean root = Owner.ofThisProcess().isRoot();
        assertThat(bench.output())
                .isEqualTo(Stream.concat(always, ToolDefaults.of(CommandGrants.NONE, root).keySet().stream())
                        .sorted()
                        .collect(Collectors.joining(" ", "", " 0\n")));
    }

    @Test
    void X36_cannotConnectToThisMachine() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandResult.Ran ran = bench.run("exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort());

            assertThat(ran.exit()).isEqualTo(new Exit.Ended(1));
        }
    }

    @Test
    void X36_seesNoNetworkInterfaceThatIsUp() throws IOException {
        bench.run("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '");

        assertThat(bench.output()).isEqualTo("lo\n");
    }

    @Test
    void X36_X45_cannotConnectToASocketInItsWorkspace() throws IOException {
        Path socket = bench.workspace.root().resolve("docker.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            server.configureBlocking(false);
            bench.run("command -v python3 >/dev/null && python3 -c \"import socket;"
                    + " socket.socket(socket.AF_UNIX).connect('docker.sock')\"");

            assertThat(server.accept()).as("a connection").isNull();
        }
    }

    @Test
    void X37_seesOnlyItsOwnProcesses() throws IOException {
        bench.run("ls /proc | grep -c '^[0-9]'; kill -0 "
                + ProcessHandle.current().pid() + " 2>/dev/null; echo $?");

        assertThat(bench.output().lines().findFirst().map(Integer::parseInt).orElseThrow())
                .isLessThanOrEqualTo(6);
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount -t tmpfs none /tmp",
                "mknod device c 1 3",
                "chroot / true",
                "unshare --user true",
                "unshare --user --map-root-user --mount true",
                "su -c true",
                "sudo -n true"
            })
    void X38_cannotGainRights(String command) throws IOException {
        assertThat(bench.run(command).exit()).isNotEqualTo(new Exit.Ended(0));
    }

    @Test
    void X38_hasNoCapabilitiesAndCanGetNone() throws IOException {
        bench.run("grep -E 'Cap(Prm|Eff|Bnd|Amb)|NoNewPrivs' /proc/self/status | tr -s '\\t' ' '");

        assertThat(bench.output())
                .isEqualTo("CapPrm: 0000000000000000\nCapEff: 0000000000000000\nCapBnd: 0000000000000000\n"
                        + "CapAmb: 0000000000000000\nNoNewPrivs: 1\n");
    }

    @Test
    void X39_cannotLinkToAFileOutside() throws IOException {
        assertThat(bench.run("ln /etc/passwd here").exit()).isNotEqualTo(new Exit.Ended(0));
        assertThat(bench.transaction.changes().files()).isEmpty();
    }

    @Test
    void isTheUserWhomTheWorkspaceBelongsTo() throws IOException {
        Owner owner = Owner.of(bench.workspace.root());

        bench.run("id -u; id -g; touch made; stat -c %u made");

        assertThat(bench.output()).isEqualTo(owner.uid() + "\n" + owner.gid() + "\n" + owner.uid() + "\n");
    }

    @Test
    void gitWorksInARepositoryOfTheWorkspace() throws IOException {
        assertThat(new ProcessBuilder(
                                "git",
                                "init",
                                "-q",
                                "-b",
                                "main",
                                bench.workspace.root().toString())
                        .start()
                        .onExit()
                        .join()
                        .exitValue())
                .isZero();

        CommandResult.Ran ran =
                bench.run("echo a > a.txt && git add a.txt && git commit -q -m first && git log --format=%an");

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).isEqualTo("Patch Ferry\n");
    }

    @Test
    void X10_aFileBeyondTheLimitIsRefused() throws IOException {
        CommandResult.Ran ran = bench.run("head -c 20000000 /dev/zero > big");

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(153));
        assertThat(Files.size(bench.transaction.upper().resolve("big"))).isEqualTo(SandboxBench.SMALL.fileBytes());
    }
}
