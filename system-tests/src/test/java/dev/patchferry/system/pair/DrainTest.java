package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service that is told to stop while it has its hands full. */
@Tag("system")
class DrainTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(35);
    private static final int SENDERS = 8;

    @Test
    void aWebhookThatStopsUnderLoadHasEverythingItAcceptedAndTellsTheOthersWhenToComeBack() throws Exception {
        try (RunningPair pair = new RunningPair()) {
            Set<String> accepted = ConcurrentHashMap.newKeySet();
            Set<Sender.Answer> refusals = ConcurrentHashMap.newKeySet();
            try (RunningCommand webhook = pair.up("webhook");
                    ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
                Sender sender = pair.sender();
                for (int number = 0; number < SENDERS; number++) {
                    String prefix = "s" + number + "-";
                    senders.execute(() -> sendUntilRefused(sender, prefix, accepted, refusals));
                }
                await().atMost(SOON).until(() -> accepted.size() > 500);

                Instant told = Instant.now();
                webhook.signal("TERM");
                assertThat(webhook.awaitEnd(SOON).exitCode()).isZero();
                assertThat(Duration.between(told, Instant.now())).isLessThan(DRAINED_WITHIN);
            }

            assertThat(refusals).isNotEmpty().allSatisfy(refusal -> {
                assertThat(refusal.status()).isEqualTo(503);
                assertThat(refusal.retryAfter()).contains("5");
                assertThat(refusal.body().path("type").asText()).endsWith(":not-ready");
            });
            try (RunningCommand webhook = pair.up("webhook")) {
                for (String id : accepted) {
                    assertThat(status(pair, id)).as(id).isEqualTo("accepted");
                }
                assertThat(webhook.isAlive()).isTrue();
            }
        }
    }

    /** As systemd does by default: everything that the runner started is told at the same time as the runner. */
    @Test
    void aPatchThatIsToldToStopWithItsRunnerIsInterruptedAndRolledBack() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand webhook = pair.up("webhook")) {
            try (RunningCommand runner = pair.up("runner")) {
                pair.sender()
                        .post(
                                "/webhook",
                                Sender.shell("long", "touch begun.txt; sleep 1000")
                                        .toString());
                await().atMost(SOON).until(() -> status(pair, "long").equals("running"));
                await().atMost(SOON)
                        .until(() -> pair.startedByRunner("sleep 1000").isPresent());

                pair.signalRunnerAndAllItStarted("TERM");

                await().atMost(SOON).until(() -> status(pair, "long").equals("interrupted"));
                assertThat(pair.sender().read("/patches/long").path("reason").asText())
                        .startsWith("runner_stopped");
                assertThat(pair.file("begun.txt")).doesNotExist();
                assertThat(runner.isAlive()).isTrue();
            }
            assertThat(webhook.isAlive()).isTrue();
        }
    }

    @Test
    void aRunnerThatStopsUnderLoadFinishesOrKeepsEachPatchAndRunsItOnce() throws Exception {
        List<String> ids = IntStream.range(0, 40).mapToObj(i -> "p" + i).toList();
        try (RunningPair pair = new RunningPair();
                RunningCommand webhook = pair.up("webhook")) {
            try (RunningCommand runner = pair.up("runner")) {
                for (String id : ids) {
                    pair.sender()
                            .post(
                                    "/webhook",
                                    Sender.shell(id, "echo ran >> " + id + ".txt")
                                            .toString());
                }
                await().atMost(SOON).until(() -> status(pair, "p2").equals("succeeded"));

                Instant told = Instant.now();
                runner.signal("TERM");
                assertThat(runner.awaitEnd(SOON).exitCode()).isZero();
                assertThat(Duration.between(told, Instant.now())).isLessThan(DRAINED_WITHIN);
            }
            for (String id : ids) {
                if (status(pair, id).equals("succeeded")) {
                    assertThat(pair.file(id + ".txt")).hasContent("ran\n");
                }
            }

            try (RunningCommand runner = pair.up("runner")) {
                for (String id : ids) {
                    await().atMost(SOON).until(() -> status(pair, id).equals("succeeded"));
                    assertThat(Files.readString(pair.file(id + ".txt"))).isEqualTo("ran\n");
                }
                assertThat(runner.isAlive() && webhook.isAlive()).isTrue();
            }
        }
    }

    /** Remembers what was answered 2xx. Any other answer, or none, ends it: the service is going. */
    private static void sendUntilRefused(
            Sender sender, String prefix, Set<String> accepted, Set<Sender.Answer> refusals) {
        try {
            for (int i = 0; ; i++) {
                Sender.Answer answer = sender.post("/webhook", document(prefix + i));
                if (answer.status() != 202) {
                    refusals.add(answer);
                    return;
                }
                accepted.add(prefix + i);
            }
        } catch (IOException e) {
            // The connection is refused, or was closed before an answer: nothing is known, so nothing is promised.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String document(String id) {
        return Sender.shell(id, "true").toString();
    }

    private static String status(RunningPair pair, String id) throws IOException, InterruptedException {
        return pair.sender().read("/patches/" + id).path("status").asText();
    }
}
