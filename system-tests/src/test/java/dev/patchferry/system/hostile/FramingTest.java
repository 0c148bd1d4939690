package dev.patchferry.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose body could be read to end in two places, at both packaged services. */
@Tag("hostile-http")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingTest {
    private static final String DOCUMENT =
            "{\"id\":\"framed\",\"role\":\"command_patch\",\"target_file\":\"-\",\"patch\":\"true\"}";

    private Ferry ferry;
    private RunningCommand up;

    @BeforeAll
    void start() throws IOException {
        ferry = Ferry.of(Checkout.underTest());
        up = ferry.launcher().start("up");
        up.awaitSaying("Ctrl-C stops.", Duration.ofSeconds(90));
    }

    @AfterAll
    void stop() throws IOException {
        up.close();
        ferry.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked~~1000000%1$x~%2$s~0~~",
                "Content-Length: 3~Transfer-Encoding: chunked~~%1$x~%2$s~0~~",
                "Transfer-Encoding: chunked~Transfer-Encoding: identity~~%1$x~%2$s~0~~",
                "TE: identity~Transfer-Encoding: chunked~~%1$x~%2$s~0~~",
                "X: a~ folded~Content-Length: %1$d~~%2$s",
            })
    void Y17_aBodyThatCouldEndInTwoPlacesIsRefusedAndTheConnectionClosed(String rest) throws IOException {
        String framed = rest.formatted(DOCUMENT.length(), DOCUMENT);

        assertRefused(webhook(framed));
        assertRefused(runner(framed));
    }

    @Test
    void aChunkedBodyIsTaken() throws IOException {
        String framed =
                "Transfer-Encoding: chunked~Connection: close~~%x~%s~0~~".formatted(DOCUMENT.length(), DOCUMENT);

        assertThat(webhook(framed)).startsWith("HTTP/1.1 202 ");
    }

    private static void assertRefused(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("Connection: close", "urn:patchferry:problem:bad-request")
                .doesNotContain("\"framed\"", Wire.NO_END);
    }

    private String webhook(String rest) throws IOException {
        return answer(ferry.webhookPort(), "/webhook", "submit", rest);
    }

    private String runner(String rest) throws IOException {
        return answer(ferry.runnerPort(), "/patch", "runner", rest);
    }

    private String answer(int port, String path, String role, String rest) throws IOException {
        String token = Files.readString(ferry.home().resolve("tokens/" + role)).strip();
        String request = "POST " + path + " HTTP/1.1~Host: x~Authorization: Bearer " + token
                + "~Content-Type: application/json~" + rest;
        try (Wire wire = new Wire(port, Duration.ofSeconds(5))) {
            wire.send(request.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII));
            return wire.answer();
        }
    }
}
