package dev.patchferry.webhook.events;

import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All patches followed at once. */
@QuarkusTest
@WithTestResource(WithRunner.class)
@Timeout(60)
class EventsTest {
    @TestHTTPResource("/events")
    URI events;

    RunnerDouble runner;

    @Test
    void statesAreToldAsTheyCome() throws IOException {
        try (Reader reader = new Reader(WithRunner.SUBMIT, "")) {
            assertThat(reader.next()).startsWith("retry: 3000\nid: ");
            send(document("streamed", "echo hi")).statusCode(202);

            assertThat(reader.nextAbout("streamed"))
                    .startsWith("event: status\nid: ")
                    .contains("data: {\"patch_id\":\"streamed\",\"status\":\"accepted\",\"terminal\":false");
            assertThat(reader.nextAbout("streamed")).contains("\"status\":\"queued\"");
        }
    }

    @Test
    void whoComesBackGoesOnBehindTheEventItHadLast() throws IOException {
        String last;
        try (Reader reader = new Reader(WithRunner.SUBMIT, "")) {
            reader.next();
            send(document("resumed", "echo hi")).statusCode(202);
            last = reader.nextAbout("resumed")
                    .lines()
                    .filter(line -> line.startsWith("id: "))
                    .findFirst()
                    .orElseThrow()
                    .substring(4);
        }
        becomes("resumed", "queued");

        try (Reader reader = new Reader(WithRunner.SUBMIT, last)) {
            assertThat(reader.nextAbout("resumed")).contains("\"status\":\"queued\"");
        }
    }

    @Test
    void aSenderSeesItsOwnPatchesAndAnOperatorAll() throws IOException {
        try (Reader sender = new Reader(WithRunner.SUBMIT, "");
                Reader operator = new Reader(WithRunner.OPERATOR, "")) {
            sender.next();
            operator.next();
            asOperator()
                    .contentType("application/json")
                    .body(document("of-the-operator", "echo hi"))
                    .post("/webhook");
            send(document("of-the-sender", "echo hi")).statusCode(202);

            assertThat(operator.nextAbout("of-the-operator")).contains("accepted");
            assertThat(sender.nextAbout("of-the-sender")).contains("accepted");
            assertThat(sender.seen()).doesNotContain("of-the-operator");
        }
    }

    @Test
    void everythingCanBeReadFromTheBeginning() throws IOException {
        send(document("from-the-beginning", "echo hi")).statusCode(202);

        try (Reader reader = new Reader(WithRunner.OPERATOR, "0-0")) {
            assertThat(reader.nextAbout("from-the-beginning")).contains("accepted");
        }
    }

    @Test
    void aPlaceThatIsNoneIsRefused() {
        problem(asSubmitter().header("Last-Event-ID", "x").get("/events").then(), 400, "bad-request");
        problem(given().get("/events").then(), 401, "unauthenticated");
    }

    /** Reads events one by one. */
    private final class Reader implements AutoCloseable {
        private final HttpURLConnection connection;
        private final BufferedReader lines;
        private final StringBuilder seen = new StringBuilder();

        Reader(String token, String last) throws IOException {
            connection = (HttpURLConnection) events.toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + token);
            if (!last.isEmpty()) {
                connection.setRequestProperty("Last-Event-ID", last);
            }
            connection.setReadTimeout((int) Duration.ofSeconds(30).toMillis());
            assertThat(connection.getContentType()).startsWith("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        }

        String next() throws IOException {
            StringBuilder event = new StringBuilder();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                event.append(line).append('\n');
            }
            seen.append(event);
            return event.toString();
        }

        String nextAbout(String patch) throws IOException {
            String event = next();
            while (!event.contains("\"patch_id\":\"" + patch + "\"")) {
                event = next();
            }
            return event;
        }

        String seen() {
            return seen.toString();
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }
}
