package dev.patchferry.foundation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.foundation.settings.StartRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the place of a database, or of a file beside it, and is no file. */
@Timeout(60)
class UnusableDatabaseTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"x.db", "x.db-wal", "x.db-shm", "x.mark"})
    void aFolderIsRefusedByItsName(String name) throws IOException {
        Files.createDirectory(home.resolve(name));

        assertRefused(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.db", "x.db-wal", "x.mark"})
    void aPipeIsNotWaitedFor(String name) throws Exception {
        Process pipe = new ProcessBuilder("mkfifo", home.resolve(name).toString())
                .inheritIO()
                .start();
        assertThat(pipe.waitFor()).isZero();

        assertRefused(name);
    }

    @Test
    void aLinkToItselfIsNotFollowed() throws IOException {
        Files.createSymbolicLink(home.resolve("x.db"), Path.of("x.db"));

        assertRefused("x.db");
    }

    private void assertRefused(String name) {
        assertThatThrownBy(() -> SqliteDatabase.open(home.resolve("x.db"), "classpath:db/none")
                        .close())
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("x.db cannot be opened: ")
                .hasMessageContaining(name + " is a folder, a pipe");
    }
}
