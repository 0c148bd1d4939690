package dev.patchferry.runner.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.workspace.commit.Change;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.CommitFailure;
import dev.patchferry.runner.workspace.fs.LayerAttack;
import dev.patchferry.runner.workspace.fs.Sha256;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that outlived its patch swaps a folder of the layer with a link to a private folder outside, as fast as it can,
 * while the runner works on the layer: nothing outside is read, changed, moved or deleted. What the runner says of the patch
 * then does not matter.
 */
@Timeout(300)
class LayerSwapTest {
    private static final int ROUNDS = Integer.getInteger("ferry.attack.rounds", 20);
    /** Work of each round, since one look is over before the swapper has come to it. */
    private static final int LOOKS = 10;

    private static final String SECRET = "the owner's own secret";
    private static final Path OTHER_FILE_SYSTEM = Path.of("/dev/shm");

    @TempDir
    Path folder;

    private Path program;
    private Path outside;
    private Path elsewhere;
    private Map<String, Object> before;

    @BeforeEach
    void makeSomethingPrivate() throws Exception {
        program = LayerAttack.compiled(folder);
        elsewhere = Files.createTempDirectory(
                Files.isWritable(OTHER_FILE_SYSTEM) ? OTHER_FILE_SYSTEM : folder, "ferry-test");
        outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(outside.resolve("sub"));
        Files.writeString(outside.resolve("data"), SECRET);
        Files.writeString(outside.resolve("sub/data"), SECRET);
        Files.setPosixFilePermissions(outside.resolve("sub"), PosixFilePermissions.fromString("r-x------"));
        Files.setPosixFilePermissions(outside.resolve("sub/data"), PosixFilePermissions.fromString("r--------"));
        Files.setPosixFilePermissions(outside.resolve("data"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwx--x---"));
        before = state();
    }

    @AfterEach
    void removeIt() throws IOException {
        Trees.delete(elsewhere);
        Files.setPosixFilePermissions(outside.resolve("sub"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void Y1_aSwappedFolderIsNotReadIntoTheChangeSetAndNothingOutsideChanges() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TemporaryWorkspace workspace = workspace(round, folder);
            try (OverlayTransaction transaction = workspace.begin();
                    LayerAttack _ = attack(transaction.upper())) {
                for (int look = 0; look < LOOKS; look++) {
                    attempt(() -> assertThat(transaction.changes().files())
                            .extracting(ChangedFile::afterSha256)
                            .doesNotContain(Optional.of(hash())));
                }
            }
            assertThat(state()).isEqualTo(before);
        }
    }

    @Test
    void Y1_aSwappedFolderIsNotDeletedThrough() throws Exception {
        for (int round = 0; round < ROUNDS * LOOKS / 5; round++) {
            Path tree = Files.createDirectories(folder.resolve("tree" + round));
            fill(tree);
            try (LayerAttack _ = attack(tree)) {
                attempt(() -> Trees.delete(tree));
            }
            assertThat(state()).isEqualTo(before);
        }
    }

    @Test
    void Y1_aSwappedFolderIsNotCountedThrough() throws Exception {
        try (SeekableByteChannel large = Files.newByteChannel(
                outside.resolve("large"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            large.position(1L << 40).write(ByteBuffer.wrap(new byte[1]));
        }
        before = state();
        for (int round = 0; round < ROUNDS; round++) {
            Path tree = Files.createDirectories(folder.resolve("tree" + round));
            fill(tree);
            try (LayerAttack _ = attack(tree)) {
                for (int look = 0; look < LOOKS * 10; look++) {
                    attempt(() -> assertThat(Trees.size(tree, Long.MAX_VALUE, Long.MAX_VALUE)
                                    .bytes())
                            .isLessThan(1L << 40));
                }
            }
            assertThat(state()).isEqualTo(before);
        }
    }

    @Test
    void Y1_aSwappedFolderIsNotStagedThrough() throws Exception {
        assumeTrue(elsewhere.startsWith(OTHER_FILE_SYSTEM), "there is no second file system here");
        for (int round = 0; round < ROUNDS; round++) {
            TemporaryWorkspace workspace = workspace(round, elsewhere);
            try (OverlayTransaction transaction = workspace.begin()) {
                fill(transaction.upper());
                ChangeSet changes = transaction.changes();
                try (LayerAttack _ = attack(transaction.upper())) {
                    for (int look = 0; look < LOOKS; look++) {
                        attempt(() -> transaction.prepare(changes));
                        assertThat(Listing.of(workspace.root())).noneMatch(line -> line.contains(SECRET));
                    }
                }
                transaction.settled();
            }
            assertThat(state()).isEqualTo(before);
        }
    }

    @Test
    void Y1_aSwappedFolderIsNotCommittedFrom() throws Exception {
        for (int round = 0; round < ROUNDS * LOOKS / 5; round++) {
            TemporaryWorkspace workspace = workspace(round, folder);
            try (OverlayTransaction transaction = workspace.begin()) {
                fill(transaction.upper());
                List<Change> prepared = transaction.prepare(transaction.changes());
                try (LayerAttack _ = attack(transaction.upper())) {
                    attempt(() -> transaction.commit(prepared));
                }
            }
            assertThat(state()).isEqualTo(before);
            assertThat(Listing.of(workspace.root())).noneMatch(line -> line.contains(SECRET));
        }
    }

    /** With a folder {@code conf} of what a patch changes in it. */
    private TemporaryWorkspace workspace(int round, Path place) throws IOException {
        Path home = Files.createDirectories(folder.resolve("round" + round));
        return TemporaryWorkspace.between(Files.createDirectories(place.resolve("work" + round)), home)
                .file("conf/data", "before")
                .file("conf/sub/data", "before");
    }

    private static void fill(Path layer) throws IOException {
        Files.createDirectories(layer.resolve("conf/sub"));
        Files.writeString(layer.resolve("conf/data"), "after");
        Files.writeString(layer.resolve("conf/sub/data"), "after");
    }

    private LayerAttack attack(Path layer) throws IOException {
        fill(layer);
        Files.createSymbolicLink(layer.resolve("link"), outside);
        return LayerAttack.swapping(program, layer, "conf", "link");
    }

    private interface Action {
        void run() throws IOException;
    }

    /** What is refused, or not there for the moment, is as good as done. */
    private static void attempt(Action action) throws IOException {
        try {
            action.run();
        } catch (FileSystemException | CommitFailure e) {
            assertThat(e).hasMessageNotContaining(SECRET);
        }
    }

    private Map<String, Object> state() throws IOException {
        Map<String, Object> state = new TreeMap<>();
        for (String path : List.of("", "data", "sub", "sub/data")) {
            Map<String, Object> attributes =
                    Files.readAttributes(outside.resolve(path), "unix:mode,uid,gid,ino,nlink,lastModifiedTime");
            attributes.forEach((name, value) -> state.put(path + ":" + name, value));
        }
        state.put("content", Files.readString(outside.resolve("data")) + Files.readString(outside.resolve("sub/data")));
        return state;
    }

    private static String hash() throws IOException {
        return Sha256.of(new ByteArrayInputStream(SECRET.getBytes(UTF_8)));
    }
}
