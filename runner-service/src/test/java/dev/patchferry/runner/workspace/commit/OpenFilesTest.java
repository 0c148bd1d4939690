package dev.patchferry.runner.workspace.commit;

import static dev.patchferry.runner.workspace.Steps.chmod;
import static dev.patchferry.runner.workspace.Steps.delete;
import static dev.patchferry.runner.workspace.Steps.edit;
import static dev.patchferry.runner.workspace.Steps.move;
import static dev.patchferry.runner.workspace.Steps.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.StepResult;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.WritingProgram;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.Trees;
import dev.patchferry.runner.workspace.fs.WritingProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program has open for writing is left in its place. */
@Timeout(60)
class OpenFilesTest {
    private static final int SOMEBODY = 12_345;

    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;
    private Path file;

    @BeforeEach
    void setUp() throws IOException {
        workspace = TemporaryWorkspace.in(folder)
                .file("a.txt", "a")
                .file("data/app.db", "rows\n")
                .file("z.txt", "z");
        file = workspace.root().resolve("data/app.db");
    }

    static Stream<Step.FileStep> waysToTakeItFromItsPlace() {
        return Stream.of(
                edit("data/app.db", "rows", "other"),
                delete("data/app.db"),
                move("data/app.db", "data/app2.db"),
                chmod("data/app.db", 0600));
    }

    @ParameterizedTest
    @MethodSource("waysToTakeItFromItsPlace")
    void aFileThatAProgramWritesToIsAConflictAndStays(Step.FileStep step) throws IOException {
        try (WritingProgram program = WritingProgram.of(file)) {
            CommitFailure failure = failedCommit(write("a.txt", "A"), step, write("z.txt", "Z"));

            assertThat(failure.isConflict()).isTrue();
            assertThat(failure)
                    .hasMessageStartingWith("data/app.db: is open for writing by pid " + program.pid() + " (sh)");
            assertThat(failure.left()).isEmpty();
            program.write("insert");
        }
        assertThat(workspace.content())
                .containsExactly(
                        "rw-r--r-- a.txt \"a\"",
                        "rw-r--r-- data/app.db \"rows\ninsert\n\"",
                        "rw-r--r-- z.txt \"z\"",
                        "rwxr-xr-x data/");
    }

    @Test
    void soIsOneInAFolderThatGoesWhole() throws IOException {
        try (WritingProgram _ = WritingProgram.of(file);
                OverlayTransaction transaction = workspace.begin()) {
            transaction.apply(delete("data/app.db"));
            Path gone = transaction.upper().resolve("data");
            Trees.delete(gone);
            NativeFiles.makeWhiteout(gone);

            CommitFailure failure = failure(transaction);

            assertThat(failure).hasMessageStartingWith("data/app.db: is open for writing by pid ");
        }
        assertThat(file).hasContent("rows\n");
    }

    @Test
    void oneThatIsMappedForWritingCountsThoughNoDescriptorIsOpen() throws IOException {
        try (var arena = Arena.ofConfined()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                assertThat(channel.map(MapMode.READ_WRITE, 0, 4, arena).byteSize())
                        .isEqualTo(4);
            }

            CommitFailure failure = failedCommit(edit("data/app.db", "rows", "other"));

            assertThat(failure)
                    .hasMessageStartingWith("data/app.db: is open for writing by pid "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    void readersAreNoConflict() throws IOException {
        try (InputStream reader = Files.newInputStream(file)) {
            workspace.commit(edit("data/app.db", "rows", "other"));

            assertThat(reader.readAllBytes()).asString().isEqualTo("rows\n");
        }
        assertThat(file).hasContent("other\n");
    }

    @Test
    void anUndoLeavesWhatAProgramWritesTo() throws IOException {
        workspace.commit(edit("data/app.db", "rows", "other"), write("new.log", "n"));

        for (String path : List.of("data/app.db", "new.log")) {
            try (WritingProgram _ = WritingProgram.of(workspace.root().resolve(path));
                    Reversal reversal = workspace
                            .workspaces()
                            .reverse(workspace.workspace(), "1", Direction.BACK)
                            .orElseThrow()) {
                List<Change> prepared = reversal.prepare();
                CommitFailure failure = catchThrowableOfType(CommitFailure.class, () -> reversal.commit(prepared));
                reversal.settled();

                assertThat(failure).hasMessageStartingWith(path + ": is open for writing by pid ");
            }
        }
        assertThat(file).hasContent("other\n");
        assertThat(workspace.root().resolve("new.log")).hasContent("n");
    }

    /** The signal of the broken lease would have ended this JVM. */
    @Test
    void aProgramThatOpensItDuringTheCommitWaitsAndThisProcessLives() throws IOException {
        try (DirectoryHandle root = DirectoryHandle.root(workspace.root());
                EntryLocation place = EntryLocation.of(root, "data/app.db")) {
            OpenFiles.Held held = new OpenFiles().hold(place, "data/app.db");
            try (WritingProgram program = WritingProgram.starting(file)) {
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> catchThrowableOfType(OpenForWriting.class, held::requireUnbroken) != null);
                held.close();

                program.awaitOpen();
                program.write("later");
            }
        }
        assertThat(file).hasContent("rows\nlater\n");
    }

    @Test
    void anotherUsersFileIsLookedForAmongTheProcessesThatAreSeen() throws IOException {
        assumeTrue(Owner.ofThisProcess().isRoot(), "only root can give a file away");
        Files.setAttribute(file, "unix:uid", SOMEBODY);
        try (WritingProgram program = WritingProgram.of(file)) {
            assertThat(WritingProcesses.now().describe(FileStat.of(file))).contains("pid " + program.pid() + " (sh)");
            assertThat(failedCommit(edit("data/app.db", "rows", "other")))
                    .hasMessageStartingWith("data/app.db: is open for writing by pid " + program.pid());
        }
    }

    @Test
    void aProcessThatEndsWhileItsNameIsReadHasEndedSince() throws IOException {
        WritingProgram program = WritingProgram.of(file);
        try (InputStream comm = Files.newInputStream(Path.of("/proc/" + program.pid() + "/comm"))) {
            program.close();

            assertThat(WritingProcesses.name(comm)).isEqualTo("ended since");
        }
    }

    @Test
    void manyFilesCostLittle() throws IOException {
        int count = 1_000;
        for (int i = 0; i < count; i++) {
            workspace.file("many/" + i + ".txt", "old");
        }
        OpenFiles openFiles = new OpenFiles();
        long start = System.nanoTime();
        try (DirectoryHandle root = DirectoryHandle.root(workspace.root())) {
            for (int i = 0; i < count; i++) {
                try (EntryLocation place = EntryLocation.of(root, "many/" + i + ".txt")) {
                    openFiles.requireClosed(place, "many/" + i + ".txt");
                    openFiles.hold(place, "many/" + i + ".txt").close();
                }
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(openFiles.unchecked()).isEmpty();
        assertThat(took).isLessThan(Duration.ofSeconds(2));
    }

    private CommitFailure failedCommit(Step.FileStep... steps) throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            for (Step.FileStep step : steps) {
                assertThat(transaction.apply(step)).isInstanceOf(StepResult.Done.class);
            }
            return failure(transaction);
        }
    }

    private static CommitFailure failure(OverlayTransaction transaction) throws IOException {
        ChangeSet changes = transaction.changes();
        assertThat(transaction.obstacle(changes)).isEmpty();
        List<Change> prepared = transaction.prepare(changes);
        CommitFailure failure = catchThrowableOfType(CommitFailure.class, () -> transaction.commit(prepared));
        transaction.settled();
        assertThat(failure).isNotNull();
        return failure;
    }
}
