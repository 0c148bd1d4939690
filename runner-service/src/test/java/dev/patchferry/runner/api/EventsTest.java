package dev.patchferry.runner.api;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The journal as a stream that a follower can resume. */
@QuarkusTest
@WithTestResource(OwnHome.class)
@Timeout(60)
class EventsTest {
    @TestHTTPResource("/events")
    URI events;

    @Test
    void everyStateIsAnEventAndTheLastHasTheReceipt() throws IOException {
        String id = Api.freshId();
        Api.run(shell(id, "exit 4"));

        try (Follower stream = follow("0")) {
            List<PatchEvent> seen = stream.readUntilEnd(id);

            assertThat(seen)
                    .extracting(PatchEvent::status)
                    .containsExactly(PatchStatus.QUEUED, PatchStatus.RUNNING, PatchStatus.FAILED);
            assertThat(seen.getLast().receipt())
                    .get()
                    .satisfies(receipt ->
                            assertThat(receipt.steps().getFirst().exitCode()).contains(4));
            assertThat(seen.getFirst().receipt()).isEqualTo(Optional.empty());
        }
    }

    @Test
    void whoIsAlreadyListeningHearsOfANewPatch() throws IOException {
        String before = Api.freshId();
        Api.run(shell(before, "true"));
        EventCursor last;
        try (Follower stream = follow("0")) {
            last = stream.readUntilEnd(before).getLast().cursor();
        }

        try (Follower stream = follow(last.toString())) {
            String id = Api.freshId();
            Api.submit(shell(id, "true"));

            List<PatchEvent> seen = stream.readUntilEnd(id);

            assertThat(stream.first().number()).isEqualTo(last.number() + 1);
            assertThat(seen.getLast().status()).isEqualTo(PatchStatus.SUCCEEDED);
        }
    }

    @Test
    void aCursorThatWasNeverGivenOutIsGone() {
        for (String cursor : new String[] {"1-0123456789abcdef", "999999-0123456789abcdef", "nonsense"}) {
            Api.authorised()
                    .get("/events?after=" + cursor)
                    .then()
                    .statusCode(410)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("type", equalTo("urn:patchferry:problem:cursor-unknown"));
        }
    }

    private Follower follow(String after) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(events + "?after=" + after).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + OwnHome.TOKEN);
        connection.setRequestProperty("Accept", "text/event-stream");
        assertThat(connection.getResponseCode()).isEqualTo(200);
        assertThat(connection.getContentType()).startsWith("text/event-stream");
        return new Follower(
                connection,
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)),
                new ArrayList<>());
    }

    /** Server-sent events, read line by line. */
    private record Follower(HttpURLConnection connection, BufferedReader lines, List<EventCursor> cursors)
            implements AutoCloseable {
        /** The events of one patch up to its end. */
        List<PatchEvent> readUntilEnd(String id) throws IOException {
            List<PatchEvent> seen = new ArrayList<>();
            while (seen.isEmpty() || !seen.getLast().status().isTerminal()) {
                PatchEvent event = next();
                if (event.patchId().equals(new PatchId(id))) {
                    seen.add(event);
                }
            }
            return seen;
        }

        EventCursor first() {
            return cursors.getFirst();
        }

        private PatchEvent next() throws IOException {
            String cursor = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    cursor = line.substring(3).strip();
                }
                if (line.startsWith("data:") && line.length() > "data:".length()) {
                    PatchEvent event = Json.MAPPER.readValue(line.substring("data:".length()), PatchEvent.class);
                    assertThat(cursor).isEqualTo(event.cursor().toString());
                    cursors.add(event.cursor());
                    return event;
                }
            }
            throw new AssertionError("the stream ended");
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }
}
