package dev.patchferry.runner.workspace.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void Y10_countsAndDeletesFoldersOfAnyDepth() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        int depth = Integer.getInteger("ferry.tree.depth", 3_000);
        LayerAttack.nest(LayerAttack.compiled(folder), tree, depth, 3L << 30);

        Trees.Size size = Trees.size(tree, Long.MAX_VALUE, Long.MAX_VALUE);
        Trees.delete(tree);

        assertThat(size).isEqualTo(new Trees.Size(3L << 30, depth + 1));
        assertThat(tree).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-wx--x--x", "---------", "r--r--r--", "--x------"})
    void Y10_aFolderThatItsOwnerMayNotLookIntoCountsAndStaysAsItIs(String mode) throws IOException {
        Path inner = Files.createDirectories(folder.resolve("tree/closed/inner"));
        Files.writeString(inner.resolve("file"), "12345");
        Path closed =
                Files.setPosixFilePermissions(folder.resolve("tree/closed"), PosixFilePermissions.fromString(mode));

        Trees.Size size = Trees.size(folder.resolve("tree"), Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(size).isEqualTo(new Trees.Size(5, 3));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
                .isEqualTo(mode);
        Trees.delete(folder.resolve("tree"));
    }

    @Test
    void Y10_closedFoldersInOneAnotherCountHoweverDeep() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Path bottom = Files.createDirectories(tree.resolve("d/".repeat(200)));
        Files.writeString(bottom.resolve("file"), "12345");
        for (Path closed = bottom; !closed.equals(tree); closed = closed.getParent()) {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("-wx------"));
        }

        assertThat(Trees.size(tree, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(new Trees.Size(5, 201));
        Trees.delete(tree);
    }

    @Test
    void Y10_whatAFileWasGivenBeyondItsEndCounts() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Process process = new ProcessBuilder("fallocate", "-n", "-l", "64M", file.toString()).start();
        assumeTrue(process.waitFor() == 0, "this file system gives no room beyond the end");

        assertThat(Files.size(file)).isZero();
        assertThat(Trees.size(folder, Long.MAX_VALUE, Long.MAX_VALUE).bytes()).isEqualTo(64 << 20);
    }

    @Test
    void stopsCountingSoonAfterABound() throws IOException {
        for (int i = 0; i < 100; i++) {
            Files.writeString(Files.createDirectory(folder.resolve("d" + i)).resolve("file"), "12345");
        }

        assertThat(Trees.size(folder, 10, Long.MAX_VALUE).bytes()).isBetween(11L, 20L);
        assertThat(Trees.size(folder, Long.MAX_VALUE, 10).entries()).isEqualTo(11);
    }
}
