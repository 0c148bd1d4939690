package dev.patchferry.runner.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is named without its folder, or in other letters: the refusal says which there are. */
class WrongFolderTest {
    @TempDir
    Path folder;

    private PatchBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new PatchBench(folder);
    }

    @Test
    void namesTheFileThatIsCalledSoInAnotherFolder() throws IOException {
        file("docs/guide/security.md");

        assertThat(bench.refusal(update("security.md")))
                .isEqualTo("security.md: does not exist; `docs/guide/security.md` does. Send the whole path of the file"
                        + " that is meant");
    }

    @Test
    void namesEveryFileThatMayBeMeant() throws IOException {
        file("web/src/App.js");
        file("mobile/src/App.js");
        file("app.js");

        assertThat(bench.refusal(update("src/App.js")))
                .contains("`app.js`, `mobile/src/App.js`, `web/src/App.js` do. Send the whole path");
    }

    @Test
    void namesNoFileThatThePatchTookAwayOrThatIsHidden() throws IOException {
        file("docs/gone.md");
        file(".config/gone.md");

        assertThat(bench.refusal(
                        "*** Begin Patch\n*** Delete File: docs/gone.md\n*** Delete File: gone.md\n*** End Patch"))
                .isEqualTo("gone.md: does not exist");
    }

    private void file(String path) throws IOException {
        bench.workspace().file(path, "a\n", StandardCharsets.UTF_8);
    }

    private static String update(String path) {
        return "*** Begin Patch\n*** Update File: " + path + "\n@@\n-a\n+b\n*** End Patch";
    }
}
