package dev.patchferry.runner.workspace.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every name of a file system has a text of its own, which leads back to it. */
class PathTextTest {
    private static final int CASES = 20_000;

    @Test
    void leadsBackToTheSameBytes() {
        Random random = new Random(7);
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = new byte[1 + random.nextInt(12)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextBoolean() ? 'a' + random.nextInt(26) : 1 + random.nextInt(255));
            }
            assertThat(PathText.bytes(PathText.of(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void leadsToThePathOfTheseBytes() {
        byte[] bytes = {'d', '/', (byte) 0xE9, ' ', '%', (byte) 0xC3, (byte) 0xA9, '?', '#'};

        assertThat(RawName.of(PathText.path(PathText.of(bytes)))).isEqualTo(bytes);
    }

    @Test
    void isTheTextItselfWhereThereIsOne() {
        String text = "dir/prüfung 检查 🚢 \uFFFD.txt";

        assertThat(PathText.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(PathText.shown(text)).isEqualTo(text);
        assertThat(PathText.shownIn(text)).isEqualTo(text);
    }

    @Test
    void isShownAsGitQuotesIt() {
        String text = PathText.of(new byte[] {'c', 'a', 'f', (byte) 0xE9, '.', 't'});

        assertThat(PathText.shown(text)).isEqualTo("\"caf\\351.t\"");
        assertThat(PathText.shownIn("no room for " + text)).isEqualTo("no room for caf\\351.t");
        assertThat(PathText.lossy(text)).isEqualTo("caf\uFFFD.t");
    }

    /** Else a name that holds quotes could pass for another one. */
    @Test
    void aNameThatBeginsWithAQuoteIsQuotedToo() {
        assertThat(PathText.shown("\"caf\\351.t\"")).isEqualTo("\"\\\"caf\\\\351.t\\\"\"");
    }
}
