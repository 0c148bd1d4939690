package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.OverlayXattrs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rm -rf dist && build}: what is the same again is no change. */
class RebuiltFolderTest {
    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;
    private OverlayTransaction transaction;
    private Path dist;

    @BeforeEach
    void setUp() throws IOException {
        workspace = TemporaryWorkspace.in(folder)
                .file("dist/same.js", "s")
                .file("dist/other.js", "1")
                .file("dist/gone.js", "g")
                .file("dist/run.sh", "r")
                .file("dist/sub/same.css", "c")
                .folder("dist/empty")
                .folder("dist/filled")
                .link("dist/link", "same.js")
                .link("dist/turned", "same.js");
        transaction = workspace.begin();
        dist = Files.createDirectory(transaction.upper().resolve("dist"));
        try (DirectoryHandle made = DirectoryHandle.root(dist)) {
            OverlayXattrs.makeOpaque(made);
        }
        Files.writeString(dist.resolve("same.js"), "s");
        Files.writeString(dist.resolve("other.js"), "2");
        Files.writeString(dist.resolve("run.sh"), "r");
        Files.setPosixFilePermissions(dist.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(dist.resolve("sub"));
        Files.writeString(dist.resolve("sub/same.css"), "c");
        Files.createDirectory(dist.resolve("empty"));
        Files.createDirectory(dist.resolve("filled"));
        Files.writeString(dist.resolve("filled/new.js"), "n");
        Files.createSymbolicLink(dist.resolve("link"), Path.of("same.js"));
        Files.createSymbolicLink(dist.resolve("turned"), Path.of("other.js"));
    }

    @AfterEach
    void tearDown() {
        transaction.close();
    }

    @Test
    void eachPathIsListedOnceAndOnlyIfItChanged() throws IOException {
        assertThat(transaction.changes().files())
                .extracting(file -> file.change() + " " + file.path())
                .containsExactlyInAnyOrder(
                        "modified dist/other.js",
                        "deleted dist/gone.js",
                        "mode dist/run.sh",
                        "created dist/filled/new.js",
                        "modified dist/turned");
    }

    @Test
    void aFolderWithOtherPermissionsIsListed() throws IOException {
        Files.setPosixFilePermissions(dist.resolve("sub"), PosixFilePermissions.fromString("rwx------"));

        assertThat(transaction.changes().files())
                .extracting(file -> file.change() + " " + file.path())
                .contains("mode dist/sub");
    }

    @Test
    void nothingIsListedWhereEverythingIsTheSame() throws IOException {
        transaction.close();
        Path same = Files.createDirectory(folder.resolve("same"));
        TemporaryWorkspace other = TemporaryWorkspace.in(same).file("dist/a.js", "a");
        try (OverlayTransaction rebuilt = other.begin()) {
            Path fresh = Files.createDirectory(rebuilt.upper().resolve("dist"));
            try (DirectoryHandle made = DirectoryHandle.root(fresh)) {
                OverlayXattrs.makeOpaque(made);
            }
            Files.writeString(fresh.resolve("a.js"), "a");

            assertThat(other.commit(rebuilt).files()).isEmpty();
        }
        assertThat(other.content()).containsExactly("rw-r--r-- dist/a.js \"a\"", "rwxr-xr-x dist/");
    }
}
