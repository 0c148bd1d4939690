package dev.patchferry.runner.sandbox;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that run as root see what everybody may read of /etc, whatever the machine does there meanwhile. */
@Timeout(60)
class EtcCopyTest {
    private static final String SECRET = "root:secret-of-the-machine:1::::::\n";

    @TempDir
    Path folder;

    private Path etc;
    private SandboxBench bench;

    /** The machine's /etc itself stays as it is: commands see a copy of it in its place, which the test changes. */
    @BeforeEach
    void setUp() throws IOException {
        assumeTrue(Owner.ofThisProcess().isRoot(), "commands run as root only where the runner does");
        etc = folder.toRealPath().resolve("machine/etc");
        Files.createDirectories(etc.getParent());
        assertThat(new ProcessBuilder("cp", "-a", "/etc", etc.toString())
                        .inheritIO()
                        .start()
                        .onExit()
                        .join()
                        .exitValue())
                .isZero();
        unreadable("shadow", SECRET);
        SystemView machine = SystemView.ofThisMachine(folder.resolve("bench/home"), List.of());
        List<ShownFolder> folders = machine.folders().stream()
                .map(shown -> shown.source().equals(SystemView.ETC) ? new ShownFolder(etc, SystemView.ETC) : shown)
                .toList();
        bench = new SandboxBench(
                Files.createDirectory(folder.resolve("bench")),
                SandboxBench.SMALL,
                ControlGroups.find(),
                new SystemView(folders, machine.state(), List.of()));
    }

    @AfterEach
    void tearDown() {
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void Y5_aFileThatIsReplacedWhileTheNextSandboxWaitsStaysUnreadable() throws IOException {
        assertThat(bench.run("cat /etc/shadow").exit()).isNotEqualTo(new Exit.Ended(0));
        bench.awaitPrepared();

        replaceShadow();
        bench.run("cat /etc/shadow");

        assertThat(bench.output()).doesNotContain("secret-of-the-machine");
    }

    @Test
    void Y5_aFileThatIsReplacedWhileACommandRunsStaysUnreadable() throws Exception {
        Path signals = Files.createDirectory(folder.toRealPath().resolve("signals"));
        CommandGrants granted = new CommandGrants(List.of(signals), Map.of(), false);
        CompletableFuture<Void> machine = CompletableFuture.runAsync(() -> {
            await().until(() -> bench.output().contains("begun"));
            replaceShadow();
            write(signals.resolve("replaced"), "");
        });

        Exit exit = bench.run("echo begun; until [ -e " + signals + "/replaced ]; do :; done; cat /etc/shadow", granted)
                .exit();
        machine.join();

        assertThat(exit).isEqualTo(new Exit.Ended(1));
        assertThat(bench.output()).doesNotContain("secret-of-the-machine");
    }

    @Test
    void Y5_aFileThatBecomesUnreadableAndANewOneAreNoticed() throws IOException {
        Files.writeString(etc.resolve("tool.conf"), "old\n");
        Files.writeString(etc.resolve("token.conf"), "readable once\n");
        bench.run("cat /etc/tool.conf /etc/token.conf");

        Files.writeString(etc.resolve("tool.conf"), "new\n");
        Files.setPosixFilePermissions(etc.resolve("token.conf"), PosixFilePermissions.fromString("rw-------"));
        // A look at hundreds of files is made anew after a second only.
        await().until(() -> bench.run("grep -q new /etc/tool.conf").exit().equals(new Exit.Ended(0)));
        bench.run("cat /etc/tool.conf; cat /etc/token.conf 2>/dev/null");

        assertThat(bench.output()).isEqualTo("old\nreadable once\nnew\n");
    }

    @Test
    void Y5_whatEverybodyMayReadIsThereAsItIs() throws IOException {
        Files.createDirectories(etc.resolve("tool/private"));
        Files.writeString(etc.resolve("tool/conf"), "content\n");
        Files.writeString(etc.resolve("tool/private/key"), "key\n");
        Files.setPosixFilePermissions(etc.resolve("tool/private"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(etc.resolve("tool/conf"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(etc.resolve("tool/link"), Path.of("conf"));

        bench.run(
                "cat /etc/tool/link; stat -c '%a %U' /etc/tool/conf; readlink /etc/tool/link; ls -A /etc/tool/private;"
                        + " getent passwd 0 | cut -d: -f6; ls /etc/ssl/certs | wc -l");

        assertThat(bench.output())
                .isEqualTo("content\n755 root\nconf\n/home/patch\n" + count(etc.resolve("ssl/certs")) + "\n");
    }

    private static long count(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    /** As useradd does. */
    private void replaceShadow() {
        unreadable("shadow.new", SECRET);
        try {
            Files.move(etc.resolve("shadow.new"), etc.resolve("shadow"), REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unreadable(String name, String content) {
        try {
            Files.deleteIfExists(etc.resolve(name));
            Files.createFile(
                    etc.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(etc.resolve(name), content);
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
