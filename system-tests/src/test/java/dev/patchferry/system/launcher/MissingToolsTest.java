package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Launcher;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A package manager is always a fake here: no test installs anything. */
@Tag("launcher")
@Execution(ExecutionMode.CONCURRENT)
class MissingToolsTest {
    private static final int SOMEBODY = 31_337;
    private static final String[] MANAGERS = {"apt-get", "apt-cache", "dnf", "pacman", "zypper", "apk", "sudo"};

    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();
    private final Path toolPath = ferry.folder().resolve("tools");

    MissingToolsTest() throws IOException {}

    @Test
    void bubblewrapIsNamedWithTheCommandThatInstallsIt() throws Exception {
        without("bwrap").add("apt-get", "echo called >>'" + toolPath + "/apt-calls'");

        Command.Result up = launcher().run("up", "--no-install");

        assertThat(up.exitCode()).isEqualTo(69);
        assertThat(up.err()).contains("missing: bubblewrap").contains("apt-get install -y bubblewrap");
        assertThat(toolPath.resolve("apt-calls")).doesNotExist();
    }

    @Test
    void bubblewrapIsInstalledWhenWeMayAndSaysSo() throws Exception {
        assumeTrue(isRoot(), "needs root, or it would need a sudo");
        without("bwrap").add("apt-get", """
                        echo "$*" >>'%1$s/apt-calls'
                        [ "$1" != install ] || ln -s /bin/true '%1$s/bwrap'
                        """.formatted(toolPath));

        try (RunningCommand up = launcher().start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

            assertThat(up.err()).contains("missing: bubblewrap", "installing with: apt-get install -y bubblewrap");
        }
        assertThat(Files.readAllLines(toolPath.resolve("apt-calls")))
                .containsExactly("update -q", "install -y bubblewrap");
    }

    @Test
    void bubblewrapIsInstalledThroughASudoThatAsksForNothing() throws Exception {
        assumeTrue(isRoot(), "needs root to become somebody else");
        without("bwrap").add("apt-get", "exit 1").add("sudo", """
                [ "$1" = -n ] || exit 1
                case $* in
                  *'apt-get install -y bubblewrap') ln -s /bin/true '%s/bwrap' ;;
                esac
                """.formatted(toolPath));
        fake.giveTo(SOMEBODY);

        try (RunningCommand up =
                ferry.launcherOf(SOMEBODY).with("PATH", toolPath).start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));

            assertThat(up.err()).contains("installing with: sudo -n apt-get install -y bubblewrap");
        }
    }

    @Test
    void withoutSudoAnUnprivilegedUserIsToldWhatToRun() throws Exception {
        assumeTrue(isRoot(), "needs root to become somebody else");
        without("bwrap").add("dnf", "exit 0");
        fake.giveTo(SOMEBODY);

        Command.Result up = ferry.launcherOf(SOMEBODY).with("PATH", toolPath).run("up");

        assertThat(up.exitCode()).isEqualTo(69);
        assertThat(up.err()).contains("Run: sudo dnf install -y bubblewrap");
    }

    @Test
    void onlyARunnerWithItsSandboxNeedsBubblewrap() throws Exception {
        without("bwrap");

        try (RunningCommand up = launcher().start("up", "webhook", "--no-install")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));
        }
        try (RunningCommand up = launcher().with("FERRY_SANDBOX", "none").start("up", "runner", "--no-install")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));
        }
    }

    @Test
    void withoutAJdkItSaysWhatWasFoundAndWhereToGetOne() throws Exception {
        without("java", "javac");

        Command.Result up = inAWorldWithoutJdks().run("up");

        assertThat(up.exitCode()).isEqualTo(69);
        assertThat(up.err()).contains("needs a JDK 25 or newer; found none").contains("https://adoptium.net");
    }

    @Test
    void anOldJdkIsNamedAndNotUsed() throws Exception {
        without("java", "javac");
        Path old = ferry.folder().resolve("old-jdk");
        ToolFolder bin = new ToolFolder(Files.createDirectories(old.resolve("bin")));
        bin.add("java", "exit 1").add("javac", "exit 1");
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

        Command.Result up = inAWorldWithoutJdks().with("JAVA_HOME", old).run("up");

        assertThat(up.exitCode()).isEqualTo(69);
        assertThat(up.err()).contains(old + " is 17");
    }

    @Test
    void aPackagedJdkIsNamedWithTheCommandThatInstallsIt() throws Exception {
        without("java", "javac").add("apt-get", "exit 0").add("apt-cache", "exit 0");

        Command.Result up = inAWorldWithoutJdks().run("up", "--no-install");

        assertThat(up.exitCode()).isEqualTo(69);
        assertThat(up.err()).contains("apt-get install -y openjdk-25-jdk-headless");
    }

    @Test
    void aJdkIsFoundInTheUsualFolders() throws Exception {
        without("java", "javac");
        Path candidates = ferry.folder().resolve("user/.sdkman/candidates/java");
        Files.createDirectories(candidates);
        Path real = Path.of(System.getProperty("java.home")).toRealPath();

        Launcher bare = inAWorldWithoutJdks(
                        "--ro-bind", real.toString(), "/mnt", "--symlink", "/mnt", candidates + "/25-tem")
                .with("HOME", ferry.folder().resolve("user"));

        try (RunningCommand up = bare.start("up")) {
            up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(60));
        }
    }

    private ToolFolder without(String... absent) throws IOException {
        ToolFolder tools = ToolFolder.without(toolPath, MANAGERS);
        for (String tool : absent) {
            Files.deleteIfExists(toolPath.resolve(tool));
        }
        return tools;
    }

    private Launcher launcher() {
        return ferry.launcher().with("PATH", toolPath);
    }

    /** With the folders emptied where JDKs usually are. */
    private Launcher inAWorldWithoutJdks(String... more) {
        String[] world = {
            "/usr/bin/bwrap",
            "--dev-bind",
            "/",
            "/",
            "--tmpfs",
            "/usr/lib/jvm",
            "--tmpfs",
            "/opt",
            "--tmpfs",
            "/usr/local"
        };
        String[] whole =
                Stream.concat(Arrays.stream(world), Arrays.stream(more)).toArray(String[]::new);
        return launcher().without("JAVA_HOME").with("HOME", "/nonexistent").through(whole);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
