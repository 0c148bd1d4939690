package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    Path folder;

    @Test
    void deletesAnythingThatACommandCouldHaveLeft() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/locked/inner"))
                .getParent()
                .getParent();
        Files.writeString(tree.resolve("locked/inner/file"), "x");
        Files.createSymbolicLink(tree.resolve("link"), folder);
        NativeFiles.makeFifo(tree.resolve("pipe"));
        NativeFiles.makeWhiteout(tree.resolve("whiteout"));
        Files.setPosixFilePermissions(tree.resolve("locked/inner"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(tree.resolve("locked"), PosixFilePermissions.fromString("---------"));
        Files.writeString(folder.resolve("outside"), "stays");

        Trees.delete(tree);

        assertThat(tree).doesNotExist();
        assertThat(folder.resolve("outside")).hasContent("stays");
    }

    @Test
    void X10_deletesFoldersThatAreDeeperThanAnyPathCanName() throws IOException {
        Path deep = folder.resolve("deep");
        for (int i = 0; i < 4; i++) {
            Path top = folder.resolve("top-" + i);
            Path bottom = Files.createDirectories(top.resolve("deep/".repeat(600)));
            if (Files.exists(deep)) {
                Files.move(deep, bottom.resolve("d"));
            }
            Files.move(top, deep);
        }

        Trees.delete(folder.resolve("deep"));

        assertThat(folder.resolve("deep")).doesNotExist();
    }

    @Test
    void doesNothingWhereNothingIs() throws IOException {
        Trees.delete(folder.resolve("nothing"));

        assertThat(folder.resolve("nothing")).doesNotExist();
    }
}
