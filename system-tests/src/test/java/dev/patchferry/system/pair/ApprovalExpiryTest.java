package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A patch about which nobody decides does not wait for ever. */
@Tag("system")
class ApprovalExpiryTest {
    private final RunningPair pair = new RunningPair();

    ApprovalExpiryTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        pair.close();
    }

    @Test
    void S10_anApprovalThatComesTooLateIsRefused() throws Exception {
        Path settings = Files.createDirectories(pair.home().resolve("config")).resolve("application.properties");
        Files.writeString(settings, "ferry.approval.expires=2s\n");
        try (RunningCommand _ = pair.up()) {
            Sender.Answer sent =
                    pair.sender().send(Sender.shell("late", "echo x > late.txt").put("propose", true));
            assertThat(sent.body().path("status").asText()).isEqualTo("proposed");

            JsonNode end = awaitEnd();

            assertThat(end.path("status").asText()).isEqualTo("rejected");
            assertThat(end.path("reason").asText())
                    .isEqualTo("approval_expired: nobody approved it in time. Send it again under a new id");
            Sender.Answer approved = pair.operator().approve("late");
            assertThat(approved.status()).isEqualTo(409);
            assertThat(approved.body().path("patch_status").asText()).isEqualTo("rejected");
            assertThat(pair.file("late.txt")).doesNotExist();
        }
    }

    /** A wait returns at once for what waits for a person; the end comes by itself all the same. */
    private JsonNode awaitEnd() {
        return await().until(
                        () -> pair.sender().read("/patches/late"),
                        patch -> patch.path("terminal").asBoolean());
    }
}
