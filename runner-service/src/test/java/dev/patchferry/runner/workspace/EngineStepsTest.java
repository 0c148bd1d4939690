package dev.patchferry.runner.workspace;

import static dev.patchferry.runner.workspace.Steps.chmod;
import static dev.patchferry.runner.workspace.Steps.delete;
import static dev.patchferry.runner.workspace.Steps.edit;
import static dev.patchferry.runner.workspace.Steps.move;
import static dev.patchferry.runner.workspace.Steps.write;
import static dev.patchferry.runner.workspace.Steps.writeNew;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine's own steps leave in a workspace once they are committed, and what they refuse. */
class EngineStepsTest {
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;

    @BeforeEach
    void setUp() throws IOException {
        workspace = TemporaryWorkspace.in(folder);
    }

    @Test
    void createsAFileWithItsFolders() throws IOException {
        ChangeSet changes = workspace.commit(write("src/main/a.txt", "hello"));

        assertThat(workspace.content())
                .containsExactly("rw-r--r-- src/main/a.txt \"hello\"", "rwxr-xr-x src/", "rwxr-xr-x src/main/");
        assertThat(changes.files()).singleElement().satisfies(file -> {
            assertThat(file.path()).isEqualTo("src/main/a.txt");
            assertThat(file.change()).isEqualTo("created");
            assertThat(file.afterSha256()).contains(HELLO);
        });
    }

    @Test
    void tellsBothHashesOfAFileThatItModified() throws IOException {
        workspace.file("a.txt", "hello");

        ChangeSet changes = workspace.commit(edit("a.txt", "hello", "bye"));

        assertThat(workspace.content()).containsExactly("rw-r--r-- a.txt \"bye\"");
        assertThat(changes.files()).singleElement().satisfies(file -> {
            assertThat(file.change()).isEqualTo("modified");
            assertThat(file.beforeSha256()).contains(HELLO);
            assertThat(file.afterSha256()).isPresent().get().isNotEqualTo(HELLO);
        });
    }

    @Test
    void seesItsOwnEarlierSteps() throws IOException {
        workspace.file("a.txt", "one");

        workspace.commit(
                move("a.txt", "dir/b.txt"),
                edit("dir/b.txt", "one", "two"),
                write("a.txt", "new"),
                delete("a.txt"),
                chmod("dir/b.txt", 0600));

        assertThat(workspace.content()).containsExactly("rw------- dir/b.txt \"two\"", "rwxr-xr-x dir/");
    }

    @Test
    void leavesTheWorkspaceAloneWhenNothingIsCommitted() throws IOException {
        workspace.file("a.txt", "one").file("dir/b.txt", "two");
        List<String> before = workspace.content();

        try (OverlayTransaction transaction = workspace.begin()) {
            transaction.apply(write("a.txt", "other"));
            transaction.apply(delete("dir/b.txt"));
            assertThat(workspace.content()).isEqualTo(before);
        }

        assertThat(workspace.content()).isEqualTo(before);
        assertThat(Listing.of(workspace.transactions())).isEmpty();
    }

    @Test
    void reportsNothingForAFileThatComesAndGoes() throws IOException {
        ChangeSet changes = workspace.commit(write("a.txt", "x"), delete("a.txt"));

        assertThat(changes.files()).isEmpty();
        assertThat(workspace.content()).isEmpty();
    }

    @Test
    void refusesToCreateWhatExists() throws IOException {
        workspace.file("a.txt", "one");

        assertThat(refusal(writeNew("a.txt", "two"))).isEqualTo("a.txt exists already; send an update to change it");
    }

    @Test
    void P45_refusesToMoveOntoAnExistingFileAndToDeleteAMissingOne() throws IOException {
        workspace.file("a.txt", "one").file("b.txt", "two");

        assertThat(refusal(move("a.txt", "b.txt"))).isEqualTo("b.txt exists already; delete it first");
        assertThat(refusal(delete("c.txt"))).isEqualTo("c.txt: does not exist");
    }

    @Test
    void P13_refusesAParentThatIsALinkToAnotherPlace() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        workspace.link("out", outside.toString());

        assertThat(refusal(write("out/x.txt", "x"))).contains("`out` on the way to it is a symbolic link");
        assertThat(Listing.of(outside)).isEmpty();
    }

    @Test
    void P14_refusesATargetThatIsALink() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.txt"), "secret");
        workspace.link("out", outside.toString()).file("a.txt", "a").link("in", "a.txt");

        assertThat(refusal(write("out", "x"))).isEqualTo("out: is a symbolic link, not a file");
        assertThat(refusal(edit("in", "a", "b"))).isEqualTo("in: is a symbolic link, not a file");
        assertThat(refusal(move("out", "b.txt"))).contains("symbolic link");
        assertThat(outside).hasContent("secret");
    }

    @Test
    void P19_refusesADanglingLink() throws IOException {
        workspace.link("gone", "nowhere");

        assertThat(refusal(write("gone", "x"))).contains("symbolic link");
        assertThat(workspace.content()).containsExactly("gone -> nowhere");
    }

    @Test
    void P17_leavesTheOtherNamesOfAHardLinkedFileAlone() throws IOException {
        Path twin = Files.writeString(folder.resolve("twin.txt"), "both");
        Files.createLink(workspace.root().resolve("a.txt"), twin);

        workspace.commit(edit("a.txt", "both", "mine"));

        assertThat(workspace.root().resolve("a.txt")).hasContent("mine");
        assertThat(twin).hasContent("both");
    }

    @Test
    void P21_refusesAPipeWithoutWaitingForIt() throws IOException {
        NativeFiles.makeFifo(workspace.root().resolve("pipe"));

        String refusal = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refusal(edit("pipe", "a", "b")));

        assertThat(refusal).isEqualTo("pipe: is a socket, pipe or device, not a file");
    }

    @Test
    void P51_keepsTheModeOfAnEditedFileAndGivesAnother() throws IOException {
        workspace.file("run.sh", "one").mode("run.sh", "rwxr-x--x").file("a.sh", "x");

        ChangeSet changes = workspace.commit(edit("run.sh", "one", "two"), chmod("a.sh", 0755));

        assertThat(workspace.content()).containsExactly("rwxr-x--x run.sh \"two\"", "rwxr-xr-x a.sh \"x\"");
        assertThat(changes.files())
                .extracting(ChangedFile::path, ChangedFile::change)
                .containsExactly(tuple("a.sh", "mode"), tuple("run.sh", "modified"));
    }

    @Test
    void P51_editsAReadOnlyFileWhichStaysReadOnly() throws IOException {
        workspace.file("a.txt", "one").mode("a.txt", "r--r--r--");

        workspace.commit(edit("a.txt", "one", "two"));

        assertThat(workspace.content()).containsExactly("r--r--r-- a.txt \"two\"");
    }

    @Test
    void P35_refusesToEditAHugeFileWithoutReadingIt() throws IOException {
        try (RandomAccessFile huge =
                new RandomAccessFile(workspace.root().resolve("huge.bin").toFile(), "rw")) {
            huge.setLength(3L << 30);
        }

        assertThat(refusal(edit("huge.bin", "a", "b")))
                .isEqualTo("huge.bin: is longer than 10485760 bytes, the most that is edited");
    }

    @Test
    void comparesAFileWithTheBaseThatTheSenderSaw() throws IOException {
        workspace.file("a.txt", "hello");

        try (OverlayTransaction transaction = workspace.begin()) {
            assertThat(transaction.firstNotMatching(Map.of(Steps.path("a.txt"), HELLO)))
                    .isEmpty();
            assertThat(transaction.firstNotMatching(Map.of(Steps.path("b.txt"), HELLO)))
                    .contains("b.txt");
        }
    }

    private String refusal(Step.FileStep step) throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            StepResult result = transaction.apply(step);
            assertThat(transaction.changes().files()).isEmpty();
            return ((StepResult.Refused) result).reason();
        }
    }
}
