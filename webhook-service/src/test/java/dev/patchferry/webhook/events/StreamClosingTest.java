package dev.patchferry.webhook.events;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event streams whose clients go away, over real sockets. */
@QuarkusTest
@WithTestResource(WithRunner.class)
@Timeout(180)
class StreamClosingTest {
    private static final int ROUNDS = 300;
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(30);

    @TestHTTPResource("/")
    URI webhook;

    RunnerDouble runner;

    private final List<RawStream> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (RawStream stream : open) {
            stream.close();
        }
        await().atMost(NOTICED_WITHIN).until(() -> get(WithRunner.OPERATOR, "/events"));
    }

    @Test
    void Y11_threeHundredClosedStreamsLeaveRoomForOneMore() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            openAndClose("/events");
        }

        assertThat(get(WithRunner.SUBMIT, "/events")).isTrue();
    }

    @Test
    void Y11_streamsOfAPatchThatWaitsAreGivenBackWhenTheirConnectionsClose() throws IOException {
        try (RunnerDouble.Refusal stuck = runner.refuseDeliveries("closing-lane")) {
            assertThat(stuck).isNotNull();
            send(document("closing", "echo hi", "closing-lane")).statusCode(202);

            for (int i = 0; i < ROUNDS; i++) {
                openAndClose("/patches/closing/events");
            }

            assertThat(get(WithRunner.SUBMIT, "/patches/closing/events")).isTrue();
        }
        becomes("closing", "queued");
    }

    @Test
    void Y11_aStreamThatIsPassedOnEndsWithItsClient() throws IOException {
        send(document("passed-on", "echo hi")).statusCode(202);
        becomes("passed-on", "queued");
        runner.answer(WireMock.get(urlPathEqualTo("/patches/passed-on/events"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/event-stream")
                        .withBody("event: end\n\n")
                        .withChunkedDribbleDelay(2, 60_000)));

        for (int i = 0; i < 3 * StreamSlots.MAX_PER_PRINCIPAL; i++) {
            openAndClose("/patches/passed-on/events");
        }

        assertThat(get(WithRunner.SUBMIT, "/patches/passed-on/events")).isTrue();
    }

    @Test
    void Y11_aRequestForTheHeadersAloneKeepsNoStream() throws IOException {
        try (RawStream connection = new RawStream(webhook)) {
            for (int i = 0; i < 2 * StreamSlots.MAX_PER_PRINCIPAL; i++) {
                assertThat(connection.request("HEAD", "/events", WithRunner.SUBMIT))
                        .contains(" 200 ");
                connection.skipHead();
            }
        }
    }

    @Test
    void Y22_onePrincipalCannotHoldAllStreams() throws IOException {
        for (int i = 0; i < StreamSlots.MAX_PER_PRINCIPAL; i++) {
            assertThat(keep(WithRunner.SUBMIT, "/events")).contains(" 200 ");
        }

        try (RawStream refused = new RawStream(webhook)) {
            assertThat(refused.request("GET", "/events", WithRunner.SUBMIT)).contains(" 429 ");
            assertThat(refused.skipHead()).contains("Retry-After: 10");
            assertThat(refused.rest())
                    .contains("urn:patchferry:problem:rate-limited")
                    .contains("This principal has 10 event streams open");
        }
        assertThat(get(WithRunner.OPERATOR, "/events")).isTrue();
    }

    private void openAndClose(String path) throws IOException {
        await().atMost(NOTICED_WITHIN).pollInterval(Duration.ofMillis(5)).until(() -> get(WithRunner.SUBMIT, path));
    }

    /** Reads the first line of a stream and closes it; whether there was one. */
    private boolean get(String token, String path) throws IOException {
        try (RawStream stream = new RawStream(webhook)) {
            boolean served = stream.request("GET", path, token).contains(" 200 ");
            if (served) {
                stream.skipHead();
                stream.line();
            }
            return served;
        }
    }

    private String keep(String token, String path) throws IOException {
        RawStream stream = new RawStream(webhook);
        open.add(stream);
        return stream.request("GET", path, token);
    }
}
