package dev.patchferry.runner.api;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event streams whose readers go away, over real sockets. */
@QuarkusTest
@WithTestResource(OwnHome.class)
@Timeout(120)
class StreamClosingTest {
    private static final int ROUNDS = 100;
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(30);

    @TestHTTPResource("/")
    URI runner;

    @Inject
    JournalEventsResource events;

    @Inject
    PatchFollower follower;

    @Test
    void Y11_closedStreamsOfTheJournalLeaveNobodyWaiting() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            openAndClose("/events");
        }

        await().atMost(NOTICED_WITHIN).until(() -> events.waitingReaders() == 0);
    }

    @Test
    void Y11_closedStreamsOfAPatchLeaveNobodyWaiting() throws IOException {
        String id = Api.freshId();
        Api.submit(shell(id, "sleep 100"));

        for (int i = 0; i < ROUNDS; i++) {
            openAndClose("/patches/" + id + "/events");
        }

        await().atMost(NOTICED_WITHIN).until(() -> follower.waitingReaders() == 0);
        Api.authorised().post("/patches/" + id + "/cancel");
    }

    private void openAndClose(String path) throws IOException {
        try (Socket socket = new Socket(runner.getHost(), runner.getPort())) {
            socket.setSoTimeout((int) NOTICED_WITHIN.toMillis());
            socket.getOutputStream()
                    .write(("GET " + path
                                    + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                                    + OwnHome.TOKEN + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(15);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
        }
    }
}
