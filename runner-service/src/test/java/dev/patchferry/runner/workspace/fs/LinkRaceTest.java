package dev.patchferry.runner.workspace.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is swapped with a link again and again never leads a write out of the workspace. */
@Timeout(60)
class LinkRaceTest {
    private static final int ROUNDS = 10_000;

    @TempDir
    Path folder;

    @Test
    void P16_aLinkThatIsSwappedInBetweenCheckAndWriteIsNeverFollowed() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path root = Files.createDirectory(folder.resolve("root"));
        Path inside = Files.createDirectory(root.resolve("dir"));
        Path link = Files.createSymbolicLink(root.resolve("link"), outside);
        AtomicBoolean over = new AtomicBoolean();
        Thread swapper = Thread.ofPlatform().start(() -> swapUntil(over, inside, link));
        AtomicInteger written = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        for (int round = 0; round < ROUNDS; round++) {
            (write(root, "dir/f" + round) ? written : refused).incrementAndGet();
        }
        over.set(true);
        swapper.join();

        assertThat(outside).isEmptyDirectory();
        assertThat(written.get() + refused.get()).isEqualTo(ROUNDS);
        assertThat(written).as("writes that met the folder").hasPositiveValue();
    }

    private static boolean write(Path root, String path) throws IOException {
        int slash = path.indexOf('/');
        try (DirectoryHandle top = DirectoryHandle.root(root);
                DirectoryHandle parent = top.open(path.substring(0, slash));
                EntryHandle _ = parent.makeFile(EntryName.of(path.substring(slash + 1)))) {
            return true;
        } catch (NativeFiles.LeavesTheRoot e) {
            return false;
        }
    }

    private static void swapUntil(AtomicBoolean over, Path one, Path other) {
        try (DirectoryHandle folder = DirectoryHandle.root(one.getParent())) {
            while (!over.get()) {
                folder.exchange(name(one), folder, name(other));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static EntryName name(Path path) {
        return EntryName.of(path.getFileName().toString());
    }
}
