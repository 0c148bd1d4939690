package dev.patchferry.runner.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchferry.foundation.redaction.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactedLogTest {
    private static final String SECRET = "correct horse battery staple";
    private static final String STARS = "*".repeat(SECRET.length());
    private static final Redactor REDACTOR = Redactor.of(List.of(SECRET));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void setUp() throws IOException {
        file = Files.createFile(folder.resolve("log"));
    }

    @Test
    void X30_aSecretWrittenInTwoPiecesIsNeverShownInHalves() throws IOException {
        write("token: " + SECRET.substring(0, 11));
        assertThat(follow(0)).isEqualTo("token: ");

        write(SECRET.substring(11) + " done\n");

        assertThat(follow(7)).isEqualTo(STARS + " done\n");
    }

    @Test
    void whatOnlyBeganLikeASecretIsShownWhenItIsKnownToBeNone() throws IOException {
        write("correct horse");
        assertThat(follow(0)).isEmpty();

        write(" and cart");

        assertThat(follow(0)).isEqualTo("correct horse and cart");
    }

    @Test
    void X30_everyPlaceToReadFromShowsTheSameStarsWhileItIsWrittenAndAfterwards() throws IOException {
        write("1 " + SECRET + " 2 " + SECRET + " 3");
        String expected = "1 " + STARS + " 2 " + STARS + " 3";

        for (int from = 0; from < expected.length(); from++) {
            assertThat(part(log(false), from, expected.length())).isEqualTo(expected.substring(from));
        }
        log(false).settle(0);
        for (int from = 0; from < expected.length(); from++) {
            assertThat(part(log(true), from, expected.length())).isEqualTo(expected.substring(from));
        }
        assertThat(file).hasContent(expected);
    }

    @Test
    void X30_aLogThatIsLargerThanWhatIsLookedAtAtOnceIsCoveredEverywhere() throws IOException {
        Random random = new Random(5);
        StringBuilder raw = new StringBuilder();
        while (raw.length() < 3 << 20) {
            raw.append("x".repeat(random.nextInt(9_000))).append(SECRET);
        }
        write(raw.append('\n').toString());
        ByteArrayOutputStream live = new ByteArrayOutputStream();
        log(false).copy(0, log(false).size(), live);

        log(false).settle(0);

        String expected = raw.toString().replace(SECRET, STARS);
        assertThat(Files.readString(file).equals(expected)).isTrue();
        assertThat(live.toString(StandardCharsets.UTF_8).equals(expected)).isTrue();
    }

    @Test
    void whoReadsWhileItIsCoveredReadsTheOldFileWithStars() throws IOException {
        write("a " + SECRET + " b");
        try (var open = Files.newInputStream(file)) {
            log(false).settle(0);

            assertThat(new String(open.readAllBytes(), StandardCharsets.UTF_8)).contains(SECRET);
        }
        assertThat(file).hasContent("a " + STARS + " b");
        assertThat(folder).isDirectoryNotContaining("glob:**.covered");
    }

    @Test
    void aLogWithoutSecretsIsLeftAsItIs() throws IOException {
        write("nothing to see");
        Object before = Files.readAttributes(file, "unix:ino,ctime");

        log(false).settle(0);

        assertThat((Object) Files.readAttributes(file, "unix:ino,ctime")).isEqualTo(before);
    }

    @Test
    void aLogThatCannotBeCoveredIsReadByNobody() throws IOException {
        write("a " + SECRET + " b");
        Files.createDirectories(folder.resolve("log.covered/in the way"));

        assertThat(catchThrowable(() -> log(false).settle(0))).isInstanceOf(IOException.class);
        assertThat(file).doesNotExist();
    }

    private RedactedLog log(boolean settled) {
        return new RedactedLog(file, REDACTOR, settled);
    }

    private String follow(long from) throws IOException {
        return LogFollower.read(log(false), from).text();
    }

    private static String part(RedactedLog log, long from, long to) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        log.copy(from, to, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
