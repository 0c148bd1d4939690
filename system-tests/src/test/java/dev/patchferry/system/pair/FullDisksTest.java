package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Pause;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import dev.patchferry.system.support.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A disk without room, for bytes and then for files, of either service or of a workspace: said, waited for, nothing lost. */
@Tag("system")
class FullDisksTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long SIZE = 64 << 20;
    private static final int FILES = 4_000;
    private static final Map<String, String> SMALL_FLOOR = Map.of("ferry.store.disk-floor", "8M");

    /** Takes all the room of a disk, or nearly all. */
    private interface Filling {
        void of(SmallDisk disk) throws IOException;
    }

    @BeforeEach
    void onlyRootMounts() throws IOException {
        assumeTrue(SmallDisk.canBeMade(), "needs root, and a kernel that lets it mount");
    }

    @Test
    void S9_patchesWaitForRoomOnTheRunnersDisk() throws Exception {
        try (RunningPair pair = new RunningPair(SMALL_FLOOR);
                SmallDisk disk = SmallDisk.at(pair.home().resolve("runner"), SIZE, FILES);
                RunningCommand up = pair.up()) {
            assertThat(pair.sender()
                            .sendShell("first", "echo first >> ledger.txt")
                            .path("status")
                            .asText())
                    .isEqualTo("succeeded");

            meetsAFullDisk(pair, disk, SmallDisk::fillNearly, "bytes", "head -c 9M /dev/urandom > big");
            meetsAFullDisk(pair, disk, SmallDisk::fillNearlyWithFiles, "files", "touch new-{1..300}");

            assertThat(pair.file("ledger.txt")).hasContent("first\nqueued-bytes\nqueued-files");
            assertThat(up.isAlive()).isTrue();
        }
    }

    private static void meetsAFullDisk(RunningPair pair, SmallDisk disk, Filling filling, String what, String wantsRoom)
            throws Exception {
        accepts(pair, "runs-" + what, "echo lost >> ledger.txt; " + Pause.command("it") + wantsRoom);
        await().atMost(SOON).until(pair.pause("it")::hasBegun);
        filling.of(disk);
        await().atMost(SOON).until(() -> readiness(pair.atRunner()).equals("DOWN"));
        assertThat(pair.atRunner().text("/q/health/ready")).contains("disk_full: ");
        assertThat(readiness(pair.sender())).isEqualTo("UP");
        accepts(pair, "queued-" + what, "echo queued-" + what + " >> ledger.txt");
        pair.pause("it").letGo();

        JsonNode ran = end(pair, "runs-" + what);
        assertThat(ran.path("status").asText()).as(ran.toString()).isEqualTo("failed");
        assertThat(ran.path("reason").asText()).startsWith("disk_full: ");
        await().atMost(SOON)
                .until(() ->
                        patch(pair, "queued-" + what).path("reason").asText().contains("disk_full: "));
        assertThat(patch(pair, "queued-" + what).path("status").asText()).isEqualTo("queued");
        await().atMost(SOON).until(() -> health(pair).equals("degraded"));

        disk.free();

        assertThat(end(pair, "queued-" + what).path("status").asText()).isEqualTo("succeeded");
        await().atMost(SOON).until(() -> readiness(pair.atRunner()).equals("UP"));
        await().atMost(SOON).until(() -> health(pair).equals("ok"));
    }

    @Test
    void S9_aFullDiskOfAWorkspaceFailsThePatchAndLeavesTheWorkspaceAsItWas() throws Exception {
        try (RunningPair pair = new RunningPair();
                SmallDisk disk = SmallDisk.at(pair.workspace(), SIZE, FILES);
                RunningCommand up = pair.up()) {
            Files.writeString(pair.file("a.txt"), "before");

            disk.fill();
            failsForWantOfRoom(pair, "bytes", "echo after > a.txt; head -c 1M /dev/urandom > big");
            disk.free();
            disk.fillWithFiles();
            failsForWantOfRoom(pair, "files", "echo after > a.txt; touch new-{1..50}");
            disk.free();

            JsonNode after = pair.sender().sendShell("after", "echo after > a.txt; head -c 1M /dev/urandom > big");
            assertThat(after.path("status").asText()).as(after.toString()).isEqualTo("succeeded");
            assertThat(pair.file("a.txt")).hasContent("after");
            assertThat(up.isAlive()).isTrue();
        }
    }

    private static void failsForWantOfRoom(RunningPair pair, String id, String command) throws Exception {
        JsonNode patch = pair.sender().sendShell(id, command);
        assertThat(patch.path("status").asText()).as(patch.toString()).isEqualTo("failed");
        assertThat(patch.path("reason").asText()).startsWith("disk_full: ");
        assertThat(pair.file("a.txt")).hasContent("before");
        assertThat(pair.file("big")).doesNotExist();
        assertThat(readiness(pair.atRunner())).isEqualTo("UP");
    }

    @Test
    void S9_nothingNewIsAcceptedWithoutRoomForTheWebhooksStoreAndWhatIsThereIsReadAndRuns() throws Exception {
        try (RunningPair pair = new RunningPair(SMALL_FLOOR);
                SmallDisk disk = SmallDisk.at(pair.home().resolve("webhook"), SIZE, FILES);
                RunningCommand up = pair.up()) {
            refusesOnAFullDisk(pair, disk, SmallDisk::fillNearly, "bytes");
            refusesOnAFullDisk(pair, disk, SmallDisk::fillNearlyWithFiles, "files");
            refusesOnAFullDisk(pair, disk, SmallDisk::fill, "every-byte");

            assertThat(pair.file("ledger.txt"))
                    .hasContent("bytes\nafter-bytes\nfiles\nafter-files\nevery-byte\nafter-every-byte");
            assertThat(up.isAlive()).isTrue();
        }
    }

    private static void refusesOnAFullDisk(RunningPair pair, SmallDisk disk, Filling filling, String what)
            throws Exception {
        accepts(pair, what, Pause.command("it") + "echo " + what + " >> ledger.txt");
        await().atMost(SOON).until(pair.pause("it")::hasBegun);
        filling.of(disk);
        await().atMost(SOON).until(() -> health(pair).equals("degraded"));

        Sender.Answer refused = pair.sender()
                .post("/webhook", Sender.shell("after-" + what, "true").toString());
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(503);
        assertThat(refused.body().path("type").asText()).endsWith(":store-unavailable");
        assertThat(readiness(pair.sender())).isEqualTo("UP");
        assertThat(patch(pair, what).path("id").asText()).isEqualTo(what);
        assertThat(pair.sender().get("/patches").status()).isEqualTo(200);
        pair.pause("it").letGo();
        await().atMost(SOON)
                .until(() -> Files.exists(pair.file("ledger.txt"))
                        && Files.readAllLines(pair.file("ledger.txt")).contains(what));

        disk.free();

        assertThat(end(pair, what).path("status").asText()).isEqualTo("succeeded");
        await().atMost(SOON).until(() -> health(pair).equals("ok"));
        String command = "echo after-" + what + " >> ledger.txt";
        assertThat(pair.sender()
                        .sendShell("after-" + what, command)
                        .path("status")
                        .asText())
                .isEqualTo("succeeded");
    }

    private static void accepts(RunningPair pair, String id, String command) throws Exception {
        Sender.Answer answer =
                pair.sender().post("/webhook", Sender.shell(id, command).toString());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    }

    private static JsonNode patch(RunningPair pair, String id) throws Exception {
        return pair.sender().read("/patches/" + id);
    }

    private static JsonNode end(RunningPair pair, String id) {
        return await().atMost(SOON)
                .until(() -> patch(pair, id), patch -> patch.path("terminal").asBoolean());
    }

    private static String readiness(Sender service) throws Exception {
        return service.read("/q/health/ready").path("status").asText();
    }

    private static String health(RunningPair pair) throws Exception {
        return pair.sender().read("/health").path("status").asText();
    }
}
