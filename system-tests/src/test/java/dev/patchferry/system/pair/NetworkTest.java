package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.NetworkProxy;
import dev.patchferry.system.support.NetworkProxy.Way;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both services with a bad network between them. */
@Tag("system")
class NetworkTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> ACTIONS = List.of("undo", "undo?redo=true", "execute", "approve", "deny");
    private static final List<String> READS = List.of("/patches/known/log", "/patches/known/diff", "/workspaces");
    /** No more is held in memory of an answer that does not end. */
    private static final long MAX_GROWTH = 300L << 20;

    @Test
    void aRedoThatTheNetworkHeldBackChangesNothing() throws Exception {
        try (RunningPair pair = new RunningPair();
                NetworkProxy network = between(pair);
                RunningCommand up = pair.up()) {
            pair.sender().sendShell("fix", "echo a > a.txt");
            assertThat(act(pair, "fix", "undo").status()).isEqualTo(200);
            NetworkProxy.Held held = network.holdNext("POST /patches/fix/undo?redo=true");

            CompletableFuture<Sender.Answer> givenUp = later(() -> act(pair, "fix", "undo?redo=true"));
            held.awaitArrival(SOON);
            assertThat(givenUp.get(60, TimeUnit.SECONDS).status()).isEqualTo(503);
            assertThat(act(pair, "fix", "undo?redo=true").status()).isEqualTo(200);
            assertThat(pair.file("a.txt")).exists();
            assertThat(act(pair, "fix", "undo").status()).isEqualTo(200);

            assertThat(held.letGo().get(60, TimeUnit.SECONDS)).contains(" 409 ");

            assertThat(pair.file("a.txt")).doesNotExist();
            assertThat(pair.sender().read("/patches/fix").path("status").asText())
                    .isEqualTo("undone");
            assertThat(up.isAlive()).isTrue();
        }
    }

    @Test
    void everyAnswerSaysWhatToDoWhateverTheNetworkDoes() throws Exception {
        try (RunningPair pair = new RunningPair();
                NetworkProxy network = between(pair);
                RunningCommand up = pair.up()) {
            pair.sender().sendShell("known", "echo a | tee a.txt");
            long before = memory(pair);
            SoftAssertions all = new SoftAssertions();
            List<String> sent = new ArrayList<>();
            for (Way way : Way.values()) {
                network.become(way);
                ACTIONS.forEach(action -> check(all, way, action, answer(() -> act(pair, "known", action))));
                // It has ended, and that is known without the runner.
                all.assertThat(act(pair, "known", "cancel").status())
                        .as("%s: cancel", way)
                        .isEqualTo(409);
                READS.forEach(path ->
                        check(all, way, path, answer(() -> pair.operator().get(path))));
                String id = "sent-" + way.name().toLowerCase(Locale.ROOT).replace('_', '-');
                sent.add(id);
                all.assertThat(pair.sender()
                                .post(
                                        "/webhook",
                                        Sender.shell(id, "echo " + id + " >> sent.txt")
                                                .toString())
                                .status())
                        .as("%s: a patch", way)
                        .isEqualTo(202);
                all.assertThat(pair.sender().get("/patches/known").status()).isEqualTo(200);
                all.assertThat(pair.sender().get("/health").status()).isEqualTo(200);
            }
            all.assertThat(memory(pair)).as("memory").isLessThan(before + MAX_GROWTH);
            network.become(Way.OPEN);
            for (String id : sent) {
                await().atMost(SOON)
                        .until(() -> pair.sender()
                                .read("/patches/" + id)
                                .path("status")
                                .asText()
                                .equals("succeeded"));
            }
            all.assertThat(pair.file("sent.txt")).hasContent(String.join("\n", sent) + "\n");
            all.assertAll();
            assertThat(up.isAlive()).isTrue();
        }
    }

    /** Whatever it is, it is no fault of the webhook's, and an error says what to do. */
    private static void check(SoftAssertions all, Way way, String request, Sender.Answer answer) {
        all.assertThat(answer.status()).as("%s: %s", way, request).isNotEqualTo(500);
        if (answer.status() >= 400) {
            all.assertThat(answer.body().path("type").asText())
                    .as("%s: %s", way, request)
                    .startsWith("urn:patchferry:problem:");
            all.assertThat(answer.body().path("detail").asText())
                    .as("%s: %s", way, request)
                    .isNotBlank();
        }
        if (answer.status() == 503) {
            all.assertThat(answer.body().path("detail").asText())
                    .as("%s: %s", way, request)
                    .containsIgnoringCase("again");
        }
        boolean unusable = switch (way) {
            case OPEN, DELAYS, REPLAYS -> false;
            case DROPS, CUTS_HEADS, CUTS_BODIES, IS_DEAF, BABBLES, POURS -> true;
        };
        all.assertThat(answer.status() == 503)
                .as("%s: %s %s", way, request, answer)
                .isEqualTo(unusable);
    }

    private static NetworkProxy between(RunningPair pair) throws IOException {
        NetworkProxy network = new NetworkProxy(pair.runnerPort());
        pair.configure(Map.of("ferry.runner.url", network.uri().toString(), "ferry.runner.answer-within", "2s"));
        return network;
    }

    private static Sender.Answer act(RunningPair pair, String id, String action) throws Exception {
        return pair.operator().post("/patches/" + id + "/" + action, "");
    }

    private static long memory(RunningPair pair) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pair.process("webhook").pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                << 10;
    }

    private interface Request {
        Sender.Answer send() throws Exception;
    }

    private static CompletableFuture<Sender.Answer> later(Request request) {
        return CompletableFuture.supplyAsync(() -> answer(request));
    }

    private static Sender.Answer answer(Request request) {
        try {
            return request.send();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
