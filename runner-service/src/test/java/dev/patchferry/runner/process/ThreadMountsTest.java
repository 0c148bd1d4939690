package dev.patchferry.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a thread mounts is its own, and that of the processes that it starts. */
@Timeout(30)
class ThreadMountsTest {
    @TempDir
    Path folder;

    private Path view;

    @BeforeEach
    void setUp() throws IOException {
        assumeTrue(Owner.ofThisProcess().isRoot(), "only root may mount");
        view = Files.createDirectory(folder.resolve("view"));
        for (String layer : new String[] {"lower", "upper", "work"}) {
            Files.createDirectory(folder.resolve(layer));
        }
        Files.writeString(folder.resolve("lower/file"), "of the lower layer");
    }

    @Test
    void anOverlayIsSeenByTheThreadAndItsProcessesAlone() throws Exception {
        try (ParentThread thread = new ParentThread()) {
            String seen = thread.call(() -> {
                mount();
                Process process = new ProcessBuilder("cat", view.resolve("file").toString()).start();
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8) + process.waitFor();
            });

            assertThat(seen).isEqualTo("of the lower layer0");
            assertThat(view).isEmptyDirectory();
        }
    }

    @Test
    void oneThatIsWrittenToIsMadeReadOnlyAfterwardsOnly() throws Exception {
        try (ParentThread thread = new ParentThread()) {
            thread.call(() -> {
                mount();
                try (OutputStream writer = Files.newOutputStream(view.resolve("new"))) {
                    assertThat(ThreadMounts.makeReadOnly(view)).isFalse();
                    writer.write('a');
                }
                assertThat(ThreadMounts.makeReadOnly(view)).isTrue();
                assertThatThrownBy(() -> Files.createFile(view.resolve("more"))).hasMessageContaining("Read-only");
                ThreadMounts.detach(view);
                return assertThat(view).isEmptyDirectory();
            });
        }
    }

    @Test
    void aFailureNamesTheCall() throws Exception {
        try (ParentThread thread = new ParentThread()) {
            assertThatThrownBy(() -> thread.call(() -> {
                        ThreadMounts.enterNamespace();
                        ThreadMounts.overlay(view, "lowerdir=/nowhere");
                        return view;
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("mount failed with errno ");
        }
    }

    @Test
    void aVirtualThreadIsRefused() throws Exception {
        try (var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> refused = virtual.submit(() -> {
                ThreadMounts.enterNamespace();
                return view;
            });

            assertThatThrownBy(refused::get).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    private void mount() throws IOException {
        ThreadMounts.enterNamespace();
        ThreadMounts.share(view);
        ThreadMounts.overlay(
                view,
                "lowerdir=%s,upperdir=%s,workdir=%s,userxattr,volatile"
                        .formatted(folder.resolve("lower"), folder.resolve("upper"), folder.resolve("work")));
    }
}
