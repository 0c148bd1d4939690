package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lies below a folder that commands see and is none of theirs: the runner's state, other workspaces, sockets, pipes. */
@Timeout(60)
class HiddenPlacesTest {
    /** Where commands see what this machine has in a folder of the test's. */
    private static final Path SHOWN = Path.of("/shown");

    @TempDir
    Path folder;

    private Path opt;
    private Path state;
    private Path other;
    private SandboxBench bench;

    /** As with a checkout in /opt: the state, the workspace and another one lie beside the tools. */
    @BeforeEach
    void setUp() throws IOException {
        opt = Files.createDirectories(folder.toRealPath().resolve("opt"));
        state = Files.createDirectories(opt.resolve("checkout/home"));
        other = Files.createDirectories(opt.resolve("other"));
        Files.createDirectories(state.resolve("tokens"));
        Files.writeString(state.resolve("tokens/operator"), "secret of the runner\n");
        Files.createDirectories(other.resolve("docs"));
        Files.writeString(other.resolve("file"), "of another workspace\n");
        Files.writeString(other.resolve("docs/page"), "granted by name\n");
        Files.writeString(opt.resolve("tool"), "a tool\n");
    }

    @AfterEach
    void tearDown() {
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void Y2_whatLiesBelowASystemFolderIsHidden() throws IOException {
        begin(new ShownFolder(opt, SHOWN));

        bench.run(everythingIn(SHOWN));

        assertThat(bench.output()).isEqualTo("a tool\n");
    }

    @Test
    void Y2_theWorkspaceBesideWhatIsHiddenWorks() throws IOException {
        begin();

        Exit exit = bench.run(everythingIn(opt) + "; echo made > made && cat made", reading(opt))
                .exit();

        assertThat(bench.output()).isEqualTo("a tool\nmade\n");
        assertThat(exit).isEqualTo(new Exit.Ended(0));
        assertThat(bench.transaction.changes().files()).hasSize(1);
    }

    @Test
    void Y2_whatLiesBelowAGrantedPathIsHidden() throws IOException {
        begin();

        bench.run(everythingIn(opt), reading(opt));

        assertThat(bench.output()).isEqualTo("a tool\n");
    }

    @Test
    void Y2_aGrantedPathThatIsALinkHidesTheSame() throws IOException {
        Path link = Files.createSymbolicLink(folder.toRealPath().resolve("link"), opt);
        begin();

        bench.run(everythingIn(link), reading(link));

        assertThat(bench.output()).isEqualTo("a tool\n");
    }

    @Test
    void Y2_aPartOfAnotherWorkspaceThatIsGrantedByNameCanBeRead() throws IOException {
        begin(new ShownFolder(opt, SHOWN));

        bench.run(everythingIn(opt) + "; cat " + other + "/docs/page", reading(other.resolve("docs"), opt));

        assertThat(bench.output()).isEqualTo("a tool\ngranted by name\n");
    }

    @Test
    void Y2_aLinkThatLeadsIntoTheStateLaterIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.toRealPath().resolve("link"), opt);
        begin();
        bench.run("true", reading(link));
        Files.delete(link);
        Files.createSymbolicLink(link, state.resolve("tokens"));

        assertThatThrownBy(() -> bench.run("cat " + link + "/operator", reading(link)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("leads into the runner's state");
    }

    @Test
    void Y2_nothingCanBeWrittenInPlaceOfWhatIsHidden() throws IOException {
        begin(new ShownFolder(opt, SHOWN));

        assertThat(bench.run("echo x > /shown/checkout/home/x").exit()).isNotEqualTo(new Exit.Ended(0));
        assertThat(bench.run("echo x > /shown/other/x").exit()).isNotEqualTo(new Exit.Ended(0));
    }

    @Test
    void Y15_aSocketBelowAShownFolderCannotBeReached() throws IOException {
        Path socket = opt.resolve("docker.sock");
        try (ServerSocketChannel server = listening(socket)) {
            begin(new ShownFolder(opt, SHOWN));

            bench.run(using(SHOWN.resolve("docker.sock")));

            assertThat(bench.output()).doesNotContain("socket");
            assertThat(server.accept()).as("a connection").isNull();
        }
    }

    @Test
    void Y15_aSocketThatAppearsWhileTheNextSandboxWaitsCannotBeReached() throws IOException {
        Path socket = opt.resolve("late.sock");
        begin(new ShownFolder(opt, SHOWN));
        bench.run("true");
        bench.awaitPrepared();
        try (ServerSocketChannel server = listening(socket)) {
            bench.run(using(SHOWN.resolve("late.sock")));

            assertThat(bench.output()).doesNotContain("socket");
            assertThat(server.accept()).as("a connection").isNull();
        }
    }

    @Test
    void Y15_aSocketThatIsReplacedWhileTheNextSandboxWaitsCannotBeReached() throws IOException {
        Path socket = opt.resolve("docker.sock");
        ServerSocketChannel first = listening(socket);
        begin(new ShownFolder(opt, SHOWN));
        bench.run("true");
        bench.awaitPrepared();
        first.close();
        Files.delete(socket);
        try (ServerSocketChannel server = listening(socket)) {
            bench.run(using(SHOWN.resolve("docker.sock")));

            assertThat(bench.output()).doesNotContain("socket");
            assertThat(server.accept()).as("a connection").isNull();
        }
    }

    @Test
    void Y15_aSocketAndAPipeBelowAGrantedPathCannotBeReached() throws IOException {
        Path socket = opt.resolve("deep/er.sock");
        Files.createDirectories(socket.getParent());
        NativeFiles.makeFifo(opt.resolve("deep/pipe"));
        try (ServerSocketChannel server = listening(socket)) {
            begin();

            bench.run(using(socket) + typeOf(opt.resolve("deep/pipe")), reading(opt));

            assertThat(bench.output()).doesNotContain("socket").doesNotContain("fifo");
            assertThat(server.accept()).as("a connection").isNull();
        }
    }

    @Test
    void Y15_aPipeBelowAShownFolderCannotBeReached() throws IOException {
        NativeFiles.makeFifo(opt.resolve("pipe"));
        begin(new ShownFolder(opt, SHOWN));

        bench.run(typeOf(SHOWN.resolve("pipe")));

        assertThat(bench.output()).isNotEmpty().doesNotContain("fifo");
    }

    private void begin(ShownFolder... further) throws IOException {
        SystemView machine = SystemView.ofThisMachine(state, List.of());
        List<ShownFolder> folders = new ArrayList<>(machine.folders());
        folders.addAll(List.of(further));
        Path checkout = opt.resolve("checkout");
        List<Path> workspaces = List.of(checkout.resolve("workspace-default"), other);
        bench = new SandboxBench(
                checkout, SandboxBench.SMALL, ControlGroups.find(), new SystemView(folders, state, workspaces));
    }

    /** Reads all of it, and lists the state. */
    private static String everythingIn(Path shown) {
        return "cd " + shown + " && cat checkout/home/tokens/operator other/file tool 2>/dev/null;"
                + " ls -A checkout/home 2>/dev/null; cd ~-";
    }

    private static CommandGrants reading(Path... paths) {
        return new CommandGrants(List.of(paths), Map.of(), false);
    }

    private static ServerSocketChannel listening(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        server.configureBlocking(false);
        return server;
    }

    private static String typeOf(Path path) {
        return "stat -c %F " + path + "; ";
    }

    private static String using(Path socket) {
        return typeOf(socket)
                + "command -v python3 >/dev/null && python3 -c \"import socket; socket.socket(socket.AF_UNIX).connect('"
                + socket + "')\" 2>/dev/null; ";
    }
}
