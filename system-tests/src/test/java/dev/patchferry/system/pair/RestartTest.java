package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import dev.patchferry.system.support.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the webhook still knows after its process was killed, and what it learns without ending. */
@Tag("system")
class RestartTest {
    private static final Signer SIGNER = new Signer("a key of enough bytes to sign");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    @Test
    void anotherBodyUnderAUsedMessageIdIsRefusedAlsoByTheNextProcess() throws Exception {
        try (RunningPair pair = new RunningPair(Map.of("ferry.webhook-secret", SIGNER.secret()));
                RunningCommand up = pair.up("webhook")) {
            Sender sender = pair.sender();
            assertThat(sender.post(SIGNER, "msg_1", Sender.shell("first", "true"))
                            .status())
                    .isEqualTo(202);

            killTheWebhook(pair);

            Sender.Answer other = sender.post(SIGNER, "msg_1", Sender.shell("second", "false"));
            assertThat(other.status()).isEqualTo(409);
            assertThat(other.body().path("type").asText()).endsWith(":message-conflict");
            assertThat(pair.operator().read("/patches/second").path("status").asInt())
                    .isEqualTo(404);
            Sender.Answer same = sender.post(SIGNER, "msg_1", Sender.shell("first", "true"));
            assertThat(same.body().path("duplicate").asBoolean()).isTrue();
            assertThat(up.isAlive()).isTrue();
        }
    }

    @Test
    void aRefusalIsOnRecordThoughTheProcessWasKilledRightAfterIt() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand up = pair.up("webhook")) {
            Sender nobody = new Sender(pair.sender().service(), "not-a-token-of-this-ferry");
            assertThat(nobody.read("/patches").path("status").asInt()).isEqualTo(401);
            // The answer may be there a moment before the record is.
            await().atMost(AT_ONCE)
                    .until(() -> Files.readString(walOf(pair), StandardCharsets.ISO_8859_1)
                            .contains("unauthenticated"));

            killTheWebhook(pair);

            JsonNode records = pair.operator().read("/audit?kind=refused").path("records");
            assertThat(outcomes(records)).containsExactly("unauthenticated");
            assertThat(up.isAlive()).isTrue();
        }
    }

    @Test
    void aSigningSecretIsReplacedWithoutARestart() throws Exception {
        Signer next = new Signer("another key of enough bytes to sign");
        try (RunningPair pair = new RunningPair()) {
            Path file = Files.createDirectories(pair.home()).resolve("signing");
            Files.writeString(file, SIGNER.secret());
            pair.configure(Map.of("ferry.webhook-secret-file", file.toString()));
            try (RunningCommand up = pair.up("webhook")) {
                Sender sender = pair.sender();
                long process = pair.process("webhook").pid();
                assertThat(status(sender, SIGNER, "old-1")).isEqualTo(202);
                assertThat(status(sender, next, "new-1")).isEqualTo(401);

                Files.writeString(file, next.secret() + " " + SIGNER.secret());
                await().atMost(AT_ONCE).until(() -> status(sender, next, "new-2") == 202);
                assertThat(status(sender, SIGNER, "old-2")).isEqualTo(202);

                Files.writeString(file, next.secret());
                await().atMost(AT_ONCE).until(() -> status(sender, SIGNER, "old-2") == 401);
                assertThat(status(sender, next, "new-3")).isEqualTo(202);
                assertThat(pair.process("webhook").pid()).isEqualTo(process);
                assertThat(up.isAlive()).isTrue();
            }
        }
    }

    private static int status(Sender sender, Signer signer, String id) throws Exception {
        return sender.post(signer, "msg_" + id, Sender.shell(id, "true")).status();
    }

    /** As the kernel does when memory is short; its supervisor starts the next one. */
    private static void killTheWebhook(RunningPair pair) throws IOException {
        ProcessHandle killed = pair.process("webhook");
        killed.destroyForcibly();
        killed.onExit().join();
        await().atMost(SOON).until(() -> isReady(pair));
        assertThat(pair.process("webhook").pid()).isNotEqualTo(killed.pid());
    }

    private static boolean isReady(RunningPair pair) throws InterruptedException {
        try {
            return pair.sender().read("/q/health/ready").path("status").asText().equals("UP");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> outcomes(JsonNode records) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(each -> each.path("outcome").asText())
                .toList();
    }

    private static Path walOf(RunningPair pair) {
        return pair.home().resolve("webhook/ferry.db-wal");
    }
}
