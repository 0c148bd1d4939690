package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New files beside files whose names some file system takes for the same. */
class NameCollisionsTest {
    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;

    @BeforeEach
    void setUp() throws IOException {
        workspace = TemporaryWorkspace.in(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "README.md, readme.md",
        "src/Main.java, src/main.java",
        "src/Main.java, SRC/Other.java",
        "Stra\u00DFe, STRASSE"
    })
    void P11_refusesANewFileThatDiffersFromOneThatIsThereInCaseAlone(String there, String fresh) throws IOException {
        workspace.file(there, "a\n");

        assertThat(refusal(write(fresh))).contains("cannot be made beside `", "they are one file where case");
        assertThat(workspace.content()).hasSize(there.contains("/") ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({"\u00E4, a\u0308", "a\u0308, \u00E4", "\u00E4/x, A\u0308/y"})
    void P12_refusesANewFileThatDiffersFromOneThatIsThereInCompositionAlone(String there, String fresh)
            throws IOException {
        workspace.file(there, "a\n");

        assertThat(refusal(write(fresh))).contains("cannot be made beside `");
    }

    @Test
    void P11_seesWhatThePatchItselfMadeAndTookAway() throws IOException {
        workspace.file("README.md", "a\n");
        try (OverlayTransaction transaction = workspace.begin()) {
            assertThat(transaction.apply(new Step.Delete(new WorkspacePath("README.md"))))
                    .isInstanceOf(StepResult.Done.class);
            assertThat(transaction.apply(write("readme.md"))).isInstanceOf(StepResult.Done.class);
            assertThat(transaction.apply(write("Readme.md"))).asString().contains("cannot be made beside `readme.md`");
        }
    }

    @Test
    void P11_renamesAFileInCaseAloneAndWritesToFilesThatAreTwinsAlready() throws IOException {
        workspace.file("a.txt", "a\n").file("Makefile", "a\n").file("makefile", "b\n");

        workspace.commit(
                new Step.Move(new WorkspacePath("a.txt"), new WorkspacePath("A.txt"), false), write("makefile"));

        assertThat(workspace.content())
                .containsExactly(
                        "rw-r--r-- A.txt \"a\n\"", "rw-r--r-- Makefile \"a\n\"", "rw-r--r-- makefile \"new\n\"");
    }

    private static Step.Write write(String path) {
        return new Step.Write(new WorkspacePath(path), Bytes.utf8("new\n"), OptionalInt.empty(), false);
    }

    private String refusal(Step.FileStep step) throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            StepResult result = transaction.apply(step);
            assertThat(result).isInstanceOf(StepResult.Refused.class);
            return ((StepResult.Refused) result).reason();
        }
    }
}
