package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.FullDisk;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More than there is room for: on the disk, in the queue. */
@Tag("system")
class OverloadTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SENDERS = 8;

    @Test
    void S9_aFullDiskUnderTheStoreIsAnswered503AndForgottenOnceThereIsRoom() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand webhook = pair.up("webhook")) {
            assertThat(post(pair, "before").status()).isEqualTo(202);

            try (FullDisk full = new FullDisk(pair.process("webhook"))) {
                Sender.Answer refused = post(pair, "during");

                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.body().path("type").asText()).endsWith(":store-unavailable");
                assertThat(pair.sender().read("/q/health/ready").path("status").asText())
                        .isEqualTo("DOWN");
                assertThat(full).isNotNull();
            }

            Sender.Answer again = post(pair, "during");
            assertThat(again.status()).isEqualTo(202);
            assertThat(again.body().path("duplicate").asBoolean()).isFalse();
            assertThat(status(pair, "before")).isEqualTo("accepted");
            assertThat(webhook.isAlive()).isTrue();
        }
    }

    @Test
    void S9_aFullDiskUnderTheJournalLosesNoPatchAndRunsItOnce() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand up = pair.up()) {
            pair.sender().sendShell("before", "true");

            try (FullDisk full = new FullDisk(pair.process("runner"))) {
                pair.sender()
                        .post(
                                "/webhook",
                                Sender.shell("patient", "echo once >> once.txt").toString());
                await().atMost(SOON)
                        .until(() -> !pair.sender()
                                .read("/patches/patient")
                                .at("/delivery/attempts")
                                .isEmpty());

                JsonNode refused = pair.sender().read("/patches/patient");
                assertThat(refused.path("status").asText()).isEqualTo("accepted");
                assertThat(refused.at("/delivery/attempts/0/http_status").asInt())
                        .isEqualTo(503);
                assertThat(full).isNotNull();
            }

            await().atMost(SOON).until(() -> status(pair, "patient").equals("succeeded"));
            assertThat(pair.file("once.txt")).hasContent("once\n");
            assertThat(up.isAlive()).isTrue();
        }
    }

    @Test
    void S11_aThousandPatchesThatWaitAreAllCancelledAndNoneOfThemRuns() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand up = pair.up()) {
            pair.sender().post("/webhook", Sender.shell("first", "sleep 600").toString());
            List<String> waiting =
                    IntStream.range(0, 1000).mapToObj(i -> "waits-" + i).toList();
            Sender sender = pair.sender();
            eachOf(
                    waiting,
                    id -> sender.post(
                            "/webhook", Sender.shell(id, "touch ran-" + id).toString()));

            eachOf(waiting, id -> sender.post("/patches/" + id + "/cancel", ""));
            sender.post("/patches/first/cancel", "");

            await().pollDelay(Duration.ZERO)
                    .atMost(SOON)
                    .until(() -> status(pair, "first").equals("cancelled"));
            eachOf(
                    waiting,
                    id -> await().pollDelay(Duration.ZERO)
                            .atMost(SOON)
                            .until(() -> status(pair, id).equals("cancelled")));
            try (Stream<Path> files = Files.list(pair.file("."))) {
                assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("ran-"));
            }
            assertThat(up.isAlive()).isTrue();
        }
    }

    private interface Request {
        void send(String id) throws Exception;
    }

    /** Several senders at a time, since each waits for the disk. */
    private static void eachOf(List<String> ids, Request request) throws Exception {
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Callable<String>> all = ids.stream()
                    .map(id -> (Callable<String>) () -> {
                        request.send(id);
                        return id;
                    })
                    .toList();
            for (Future<String> sent : senders.invokeAll(all)) {
                sent.get();
            }
        }
    }

    private static Sender.Answer post(RunningPair pair, String id) throws Exception {
        return pair.sender().post("/webhook", Sender.shell(id, "true").toString());
    }

    private static String status(RunningPair pair, String id) throws Exception {
        return pair.sender().read("/patches/" + id).path("status").asText();
    }
}
