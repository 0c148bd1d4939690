package dev.patchferry.foundation.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
    private static final int SOMEBODY = 31_337;

    @TempDir
    Path folder;

    @Test
    void Y18_aHomeThatOthersCouldReadIsTightened() throws IOException {
        Path home = Files.createDirectory(folder.resolve("ferry"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(PrivateFolder.home(home)).isEqualTo(home.toRealPath());

        assertThat(mode(home)).isEqualTo("rwx------");
    }

    @Test
    void Y18_aHomeOfSomebodyElseIsRefused() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root to give a folder away");
        Path home = Files.createDirectory(folder.resolve("ferry"));
        Files.setAttribute(home, "unix:uid", SOMEBODY);

        assertThatIllegalStateException()
                .isThrownBy(() -> PrivateFolder.home(home))
                .withMessageContaining("belongs to the user with id " + SOMEBODY);
    }

    @Test
    void Y18_filesThatAreThereAreTightenedAndLinksLeftAlone() throws IOException {
        Path outside = Files.createFile(folder.resolve("outside"));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path file = Files.createFile(inside.resolve("ferry.db"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFolder.tightenFiles(inside);

        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(outside)).isEqualTo("rw-r--r--");
    }

    @Test
    void whatIsMadeIsForItsOwnerAlone() throws IOException {
        Path made = PrivateFolder.create(folder.resolve("a/b"));

        assertThat(mode(made)).isEqualTo("rwx------");
        assertThat(mode(PrivateFolder.createFile(made.resolve("c")))).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
