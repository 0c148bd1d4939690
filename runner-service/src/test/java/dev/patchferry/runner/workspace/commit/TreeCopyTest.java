package dev.patchferry.runner.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCopyTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-02-02T20:20:20.123456789Z"));

    @TempDir
    Path folder;

    @Test
    void copiesWhateverLiesInAFolderAsItIs() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/closed"));
        Files.writeString(tree.resolve("file"), "content");
        Files.setLastModifiedTime(tree.resolve("file"), LONG_AGO);
        Files.setPosixFilePermissions(tree.resolve("file"), PosixFilePermissions.fromString("--------x"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("nowhere"));
        NativeFiles.makeFifo(tree.resolve("pipe"));
        Files.setLastModifiedTime(tree, LONG_AGO);
        Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("---------"));

        try (DirectoryHandle root = DirectoryHandle.root(folder);
                EntryLocation from = EntryLocation.of(root, "tree");
                EntryLocation to = EntryLocation.of(root, "copy")) {
            TreeCopy.of(from, to);
        }

        Path copy = folder.resolve("copy/closed");
        FileStat closed = FileStat.of(copy);
        assertThat(closed.mode()).isZero();
        assertThat(closed.modified()).isEqualTo(LONG_AGO);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        assertThat(FileStat.of(copy.resolve("file")))
                .extracting(FileStat::mode, FileStat::modified)
                .containsExactly(0001, LONG_AGO);
        assertThat(FileStat.of(copy.resolve("pipe")).words()).isEqualTo("a socket, pipe or device");
        assertThat(Files.readSymbolicLink(copy.resolve("link"))).hasToString("nowhere");
        Files.setPosixFilePermissions(copy.resolve("file"), PosixFilePermissions.fromString("rw-------"));
        assertThat(copy.resolve("file")).hasContent("content");
        Trees.delete(folder.resolve("tree"));
    }
}
