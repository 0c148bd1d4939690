package dev.patchferry.runner.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchLogsTest {
    @TempDir
    Path folder;

    @Test
    void theTailIsTheEndInWholeCharacters() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "begin 🚢 end");

        assertThat(PatchLogs.tail(log, 100)).isEqualTo("begin 🚢 end");
        assertThat(PatchLogs.tail(log, 8)).isEqualTo("🚢 end");
        assertThat(PatchLogs.tail(log, 7)).isEqualTo(" end");
        assertThat(PatchLogs.tail(log, 4)).isEqualTo(" end");
    }

    @Test
    void X25_whatIsNotUtf8IsShownAsSuch() throws IOException {
        Path log = Files.write(folder.resolve("log"), new byte[] {'a', (byte) 0xff, 'b'});

        assertThat(PatchLogs.tail(log, 100)).isEqualTo("a\ufffdb");
    }

    @Test
    void aLogThatWasNeverBegunIsEmpty() throws IOException {
        assertThat(PatchLogs.tail(folder.resolve("none"), 100)).isEmpty();
        assertThat(PatchLogs.size(folder.resolve("none"))).isZero();
    }
}
