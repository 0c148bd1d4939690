package dev.patchferry.runner.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.foundation.redaction.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    /** Characters of one, two, three and four bytes. */
    private static final String TEXT = "a\u00e9\u20ac\ud83d\ude00b";

    @TempDir
    Path folder;

    @Test
    void X25_aCharacterIsNeverToldInHalves() throws IOException {
        Path log = folder.resolve("log");
        StringBuilder told = new StringBuilder();
        long from = 0;
        for (byte b : TEXT.getBytes(StandardCharsets.UTF_8)) {
            Files.write(log, new byte[] {b}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            LogFollower.Piece piece = LogFollower.read(shown(log, false), from);
            told.append(piece.text());
            from = piece.next();
        }

        assertThat(told).hasToString(TEXT);
    }

    @Test
    void X25_whatIsNotUtf8IsToldAsSuchAndHoldsNothingUp() throws IOException {
        Path log = Files.write(folder.resolve("log"), new byte[] {'a', (byte) 0x80, (byte) 0xBF, 'b', (byte) 0xC3});

        LogFollower.Piece running = LogFollower.read(shown(log, false), 0);
        LogFollower.Piece ended = LogFollower.read(shown(log, true), running.next());

        assertThat(running.text()).isEqualTo("a\ufffd\ufffdb");
        assertThat(ended).isEqualTo(new LogFollower.Piece("\ufffd", 5));
    }

    @Test
    void aLogThatIsNotThereYetIsEmpty() throws IOException {
        assertThat(LogFollower.read(shown(folder.resolve("none"), false), 7)).isEqualTo(new LogFollower.Piece("", 7));
    }

    private static RedactedLog shown(Path log, boolean settled) {
        return new RedactedLog(log, Redactor.SHAPES, settled);
    }
}
