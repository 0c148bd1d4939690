package dev.patchferry.runner.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Git's own files are read as git reads them, and hostile ones do no harm. */
class GitParsersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[core]\\n\\thooksPath = a b ; c                | core..hookspath=a b",
                "[CORE]HooksPath=\"a # b\"  # c                 | core..hookspath=a # b",
                "[remote \"My\\\\\\\"x\"]\\nurl = a\\\\\\nb         | remote.My\"x.url=ab",
                "[remote.Old]\\nurl=a                           | remote.old.url=a",
                "[a]\\nb\\n[c]\\nd=\\\"\\\\t\\\\\\\\            | a..b=true c..d=\\t\\\\",
                "[a\\nb=c\\n[d]\\ne=f                           | a..b=c d..e=f",
                "\\uFEFF[a]\\r\\nb = c \\r\\n                   | a..b=c",
                "x = y                                          | ..x=y",
                "[a]\\n= b\\n!c\\nd = e                         | a..d=e"
            })
    void Y13_settingsAreReadAsGitReadsThem(String text, String expected) {
        assertThat(SettingsParser.parse(unescaped(text)))
                .extracting(gitSetting -> gitSetting.section() + "." + gitSetting.subsection() + "." + gitSetting.key()
                        + "=" + gitSetting.value())
                .containsExactly(unescaped(expected).split(" (?=[a-z]+\\.\\.)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1 2", "sha1 4", "sha256 2", "sha256 4"})
    void Y13_anIndexIsReadAsGitReadsIt(String kind) throws Exception {
        String[] parts = kind.split(" ", -1);
        run("git init -q --object-format=" + parts[0]
                + " . && mkdir -p deep/er && for i in $(seq 40); do echo $i > deep/er/$i;"
                + " done && touch a 'b c' && ln -s a link && git add . && git add -N a 'b c'"
                + " && git update-index --index-version " + parts[1] + " && git update-index --skip-worktree deep/er/7"
                + " && git ls-files -s > ../listed");

        byte[] index = Files.readAllBytes(folder.resolve("repository/.git/index"));
        int idBytes = parts[0].equals("sha1") ? IndexParser.SHA_1 : IndexParser.SHA_256;
        List<IndexEntry> entries = IndexParser.parse(index, idBytes).orElseThrow();

        assertThat(entries.stream()
                        .map(entry -> entry.mode() + " " + entry.id() + " " + entry.stage() + "\t" + entry.path())
                        .collect(Collectors.joining("\n")))
                .isEqualTo(Files.readString(folder.resolve("listed")).strip());
        assertThat(GitDataChanges.isHostileIndex(index)).isFalse();
    }

    @Test
    void Y13_noBytesBreakAParser() throws Exception {
        run("git init -q . && touch a b c && git add . && git update-index --index-version 4");
        byte[] index = Files.readAllBytes(folder.resolve("repository/.git/index"));
        Random random = new Random(13);
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = index.clone();
            for (int change = 0; change <= i % 4; change++) {
                broken[12 + random.nextInt(broken.length - 12)] = (byte) random.nextInt();
            }
            Optional<List<IndexEntry>> entries = IndexParser.parse(broken, IndexParser.SHA_1);
            assertThat(entries.map(List::size).orElse(3)).isEqualTo(3);
            SettingsParser.parse(new String(broken, StandardCharsets.ISO_8859_1));
        }
    }

    private void run(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", command)
                .directory(Files.createDirectories(folder.resolve("repository")).toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
    }

    private static String unescaped(String text) {
        return text.strip()
                .replace("\\\\", "\0")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("\\\"", "\"")
                .replace("\\uFEFF", "\uFEFF")
                .replace("\0", "\\");
    }
}
