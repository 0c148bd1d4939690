package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Toolchains find in the sandbox what they find in a shell. */
@Timeout(60)
class ToolchainsTest {
    @TempDir
    Path folder;

    private SandboxBench bench;

    @AfterEach
    void tearDown() {
        if (bench != null) {
            bench.close();
        }
    }

    /** It reserves terabytes, and uses some megabytes. */
    @Test
    void aProgramWithAddressSanitizerRunsWhereAControlGroupCountsMemory() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "there is no gcc");
        assumeTrue(ControlGroups.find().isPresent(), "no control group can be had");
        bench = new SandboxBench(folder);

        CommandResult.Ran ran = bench.run("""
                printf 'int main(void) { return 0; }' > main.c && gcc -fsanitize=address -o main main.c && ./main
                """);

        assertThat(ran.exit()).as(bench.output()).isEqualTo(new Exit.Ended(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mv big moved", "chmod 600 big", "ln big linked", "touch big", "mv big sub/"})
    void aFileOverTheLimitMayBeRenamedAndChangedInWhatIsNotItsContent(String command) throws IOException {
        workspaceWithALargeFile();

        assertThat(bench.run(command).exit()).as(bench.output()).isEqualTo(new Exit.Ended(0));
    }

    @Test
    void aFileThatGrowsBeyondTheLargestThatIsThereIsRefused() throws IOException {
        workspaceWithALargeFile();

        assertThat(bench.run("head -c 1M /dev/zero >> big").exit()).isNotEqualTo(new Exit.Ended(0));
    }

    /** The bench's limit is 8 MiB. */
    private void workspaceWithALargeFile() throws IOException {
        Path root = Files.createDirectory(folder.toRealPath().resolve("workspace-default"));
        Files.createDirectory(root.resolve("sub"));
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("big").toFile(), "rw")) {
            file.setLength((12 << 20) + 77);
        }
        bench = new SandboxBench(folder);
    }

    @Test
    void rootUnpacksAnArchiveWithFilesOfOthers() throws IOException {
        bench = new SandboxBench(folder);
        new ProcessBuilder(
                        "tar",
                        "--owner=1234",
                        "--group=1234",
                        "-cf",
                        bench.workspace.root() + "/a.tar",
                        "-C",
                        "/etc",
                        "passwd")
                .inheritIO()
                .start()
                .onExit()
                .join();

        CommandResult.Ran ran = bench.run("tar -xf a.tar && test -s passwd");

        assertThat(ran.exit()).as(bench.output()).isEqualTo(new Exit.Ended(0));
    }

    @Test
    @SuppressWarnings("restricted")
    void commandsHaveTheUsualMaskWhateverTheRunners() throws Throwable {
        MethodHandle umask = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().find("umask").orElseThrow(),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        int before = (int) umask.invokeExact(0077);
        try {
            bench = new SandboxBench(folder);
            bench.run("umask; touch made; mkdir dir; stat -c %a made dir");
        } finally {
            int _ = (int) umask.invokeExact(before);
        }
        assertThat(bench.output()).isEqualTo("0022\n644\n755\n");
    }

    /** The first process still has a capability, and as root for another owner it has root's rights. */
    @Test
    void aProgramOfTheWorkspaceIsNotTakenForOneOfTheSandboxThoughPathNamesItsFolder() throws IOException {
        bench = new SandboxBench(folder);
        Path root = bench.workspace.root();
        for (String program : List.of("setpriv", "stat", "sh")) {
            bench.workspace.file(
                    program, "#!/bin/sh\necho ran >" + root + "/ran\nexec /usr/bin/" + program + " \"$@\"\n");
            bench.workspace.mode(program, "rwxr-xr-x");
        }

        CommandResult.Ran ran =
                bench.run("exit 3", new CommandGrants(List.of(), Map.of("PATH", root + ":/usr/bin:/bin"), false));

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(3));
        assertThat(bench.transaction.changes().files()).isEmpty();
    }

    @Test
    void withoutANetworkPackageManagersDoNotTryAgain() throws IOException {
        bench = new SandboxBench(folder);

        bench.run("echo $npm_config_fetch_retries $PIP_RETRIES $CARGO_NET_RETRY");
        bench.run(
                "echo $npm_config_fetch_retries [$PIP_RETRIES]",
                new CommandGrants(List.of(), Map.of("PIP_RETRIES", "7", "NPM_CONFIG_FETCH_RETRIES", "5"), false));
        bench.run("echo [$npm_config_fetch_retries]", new CommandGrants(List.of(), Map.of(), true));
        bench.run("PIP_RETRIES=3; echo $PIP_RETRIES");

        assertThat(bench.output()).isEqualTo("0 0 0\n[7]\n[]\n3\n");
    }

    @Test
    void archivesAreUnpackedAsTheOwnersUnlessTheWorkspaceSaysOtherwise() {
        CommandGrants own = new CommandGrants(List.of(), Map.of("TAR_OPTIONS", "-v"), false);

        assertThat(ToolDefaults.of(CommandGrants.NONE, true)).containsEntry("TAR_OPTIONS", "--no-same-owner");
        assertThat(ToolDefaults.of(CommandGrants.NONE, false)).doesNotContainKey("TAR_OPTIONS");
        assertThat(ToolDefaults.of(own, true)).doesNotContainKey("TAR_OPTIONS");
    }
}
