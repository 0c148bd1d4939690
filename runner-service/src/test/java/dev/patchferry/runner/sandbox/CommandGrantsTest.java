package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an owner gives the commands of a workspace, they have; nothing more, and nobody tells its values. */
@Timeout(60)
class CommandGrantsTest {
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

    @Test
    void aPathThatIsGrantedCanBeReadAndNotWritten() throws IOException {
        Path tool = Files.createDirectories(folder.resolve("private/tool"));
        Files.writeString(tool.resolve("bin"), "granted");
        Files.writeString(folder.resolve("private/key"), "not granted");

        run(
                "cat " + tool + "/bin; cat " + folder + "/private/key; echo x > " + tool + "/bin",
                new CommandGrants(List.of(tool.toRealPath()), Map.of(), false));

        assertThat(bench.output()).startsWith("granted").doesNotContain("not granted");
        assertThat(tool.resolve("bin")).hasContent("granted");
    }

    @Test
    void aVariableIsHandedInAndOnlyItsNameIsTold() throws IOException {
        CommandGrants secret = new CommandGrants(List.of(), Map.of("API_KEY", "s3cr3t"), false);

        run("test \"$API_KEY\" = s3cr3t && echo has it", secret);

        assertThat(bench.output()).isEqualTo("has it\n");
        assertThat(secret).asString().contains("env=API_KEY").doesNotContain("s3cr3t");
        assertThat(bench.sandbox().enforced("overlay", secret).toString()).doesNotContain("s3cr3t");
    }

    @Test
    void theMachinesNetworkIsThereWhereItIsGranted() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String connect = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort();
            CommandGrants host = new CommandGrants(List.of(), Map.of(), true);

            assertThat(run(connect, host)).isEqualTo(new Exit.Ended(0));
            assertThat(run(connect, host.withoutNetwork())).isNotEqualTo(new Exit.Ended(0));
            assertThat(bench.sandbox().enforced("overlay", host).network()).isEqualTo("host");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LD_PRELOAD", "LD_LIBRARY_PATH", "BASH_ENV", "ENV", "A=B", "", "A B"})
    void X41_X43_aVariableThatCannotBeGrantedIsRefusedAtTheStart(String name) {
        assertThatThrownBy(() -> new CommandGrants(List.of(), Map.of(name, "x"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void X43_aPathThatIsNotAbsoluteIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new CommandGrants(List.of(Path.of("relative")), Map.of(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`read` takes absolute paths, not relative");
    }

    private Exit run(String command, CommandGrants commandGrants) throws IOException {
        CommandResult result = bench.sandbox()
                .run(
                        new Command(
                                command,
                                bench.workspace.workspace(),
                                bench.transaction,
                                bench.log,
                                SandboxBench.SMALL.step(),
                                commandGrants),
                        new Cancellation());
        return ((CommandResult.Ran) result).exit();
    }
}
