package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.ReadOnly;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A store that cannot be written for a while: nothing is answered 2xx, and afterwards everything goes on by itself. */
@Tag("system")
class StoreTroubleTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long GIB = 1L << 30;
    /** Where a writer of the database holds its lock: WAL_WRITE_LOCK of SQLite's file format. */
    private static final long WRITE_LOCK = 120;

    @Test
    void S9_aStoreThatBecameReadOnlyRefusesUntilItIsWritableAgain() throws Exception {
        assumeTrue(canBeImmutable(), "the immutable attribute can be set here");
        try (RunningPair pair = new RunningPair();
                RunningCommand webhook = pair.up("webhook")) {
            accepts(pair, "before");

            try (ReadOnly store = new ReadOnly(storeOf(pair))) {
                refuses(pair, "during", "The store cannot be used right now");
                assertThat(store).isNotNull();
            }

            accepts(pair, "during");
            assertThat(webhook.isAlive()).isTrue();
        }
    }

    @Test
    void S9_aStoreThatAnotherProcessHoldsRefusesUntilItIsLetGo() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand webhook = pair.up("webhook")) {
            accepts(pair, "before");

            try (FileChannel index =
                            FileChannel.open(pair.home().resolve("webhook/ferry.db-shm"), StandardOpenOption.WRITE);
                    FileLock lock = index.lock(WRITE_LOCK, 1, false)) {
                refuses(pair, "during", "The store cannot be used right now");
                assertThat(lock.isValid()).isTrue();
            }

            accepts(pair, "during");
            assertThat(webhook.isAlive()).isTrue();
        }
    }

    @Test
    void S9_theLastOfTheDiskIsKeptForWhatWasAcceptedAlready() throws Exception {
        long free = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                .getUsableSpace();
        assumeTrue(free > 4 * GIB, "there is enough room to take some away");
        try (RunningPair pair = new RunningPair(Map.of("ferry.store.disk-floor", Long.toString(free - GIB)));
                RunningCommand webhook = pair.up("webhook")) {
            accepts(pair, "before");
            Path ballast = pair.home().resolve("ballast");
            allocate(ballast, 2 * GIB);

            // How much is left is not asked for every patch.
            await().atMost(SOON)
                    .until(() -> !pair.sender().read("/health").path("store").asBoolean(true));
            refuses(pair, "during", "left on the disk", "UP");
            assertThat(pair.sender().read("/health").path("status").asText()).isEqualTo("degraded");
            // Not while an attempt to deliver it is under way.
            await().atMost(SOON)
                    .until(() -> pair.sender()
                            .post("/patches/before/cancel", "")
                            .body()
                            .path("status")
                            .asText()
                            .equals("cancelled"));

            Files.delete(ballast);
            await().atMost(SOON)
                    .until(() -> pair.sender().read("/health").path("store").asBoolean());
            accepts(pair, "during");
            assertThat(webhook.isAlive()).isTrue();
        }
    }

    private static void accepts(RunningPair pair, String id) throws Exception {
        Sender.Answer answer = post(pair, id);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("duplicate").asBoolean()).isFalse();
        assertThat(ready(pair)).isEqualTo("UP");
    }

    private static void refuses(RunningPair pair, String id, String reason) throws Exception {
        refuses(pair, id, reason, "DOWN");
    }

    private static void refuses(RunningPair pair, String id, String reason, String readiness) throws Exception {
        Sender.Answer answer = post(pair, id);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("type").asText()).endsWith(":store-unavailable");
        assertThat(answer.body().path("detail").asText()).contains(reason);
        assertThat(ready(pair)).isEqualTo(readiness);
        assertThat(pair.sender().read("/patches/" + id).path("status").asInt()).isEqualTo(404);
    }

    private static Sender.Answer post(RunningPair pair, String id) throws Exception {
        return pair.sender().post("/webhook", Sender.shell(id, "true").toString());
    }

    private static String ready(RunningPair pair) throws Exception {
        return pair.sender().read("/q/health/ready").path("status").asText();
    }

    /** Not the index of the log (-shm): it is memory, and who writes to it in an immutable file is ended by the kernel. */
    private static List<Path> storeOf(RunningPair pair) {
        Path folder = pair.home().resolve("webhook");
        return List.of(folder.resolve("ferry.db"), folder.resolve("ferry.db-wal"));
    }

    private static boolean canBeImmutable() throws IOException {
        Path probe = Files.createTempFile("immutable", "");
        try (ReadOnly _ = new ReadOnly(List.of(probe))) {
            return !isWritten(probe);
        } catch (IOException e) {
            return false;
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean isWritten(Path file) {
        try {
            Files.writeString(file, "written");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void allocate(Path file, long bytes) throws IOException {
        Command.Result result = Command.of(
                        Environment.plain(), Path.of("/"), "fallocate", "--length=" + bytes, file.toString())
                .run();
        assertThat(result.exitCode()).as(result.err()).isZero();
    }
}
