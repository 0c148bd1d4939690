package dev.patchferry.runner.api;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.Pause;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A patch followed while it runs. */
@QuarkusTest
@WithTestResource(OwnHome.class)
@Timeout(60)
class PatchEventsTest {
    @TestHTTPResource("/patches")
    URI patches;

    OwnHome.Folders folders;

    @Test
    void X29_statesAndOutputComeInOrderAndCanBeResumedAtAnyPlace() throws IOException {
        String id = Api.freshId();
        Api.run(shell(id, "echo first; echo second"));

        List<Event> all = all(id, "");

        assertThat(all).extracting(Event::name).containsExactly("status", "status", "output", "status", "end");
        assertThat(all.get(2).data()).isEqualTo("{\"text\":\"first\\nsecond\\n\"}");
        assertThat(all.getLast().data()).isEqualTo("{\"status\":\"succeeded\"}");
        for (int i = 0; i < all.size() - 1; i++) {
            assertThat(all(id, all.get(i).id())).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void outputComesWhileTheCommandRuns() throws IOException {
        String id = Api.freshId();
        Api.submit(shell(id, waitingFor("live") + "echo second"));

        try (Stream stream = follow(id, "")) {
            assertThat(stream.nextOutput().data()).isEqualTo("{\"text\":\"first\\n\"}");
            letGo("live");
            assertThat(stream.nextOutput().data()).isEqualTo("{\"text\":\"second\\n\"}");
        }
    }

    @Test
    void X31_outputCannotPassForAnEvent() throws IOException {
        String id = Api.freshId();
        Api.run(shell(
                id, "printf 'x\\n\\nevent: status\\nid: 9-9-9\\ndata: {\"status\":\"succeeded\"}\\n\\n'; exit 1"));

        assertThat(all(id, ""))
                .filteredOn(event -> event.name().equals("status"))
                .extracting(Event::data)
                .noneMatch(data -> data.contains("\"status\":\"succeeded\""));
    }

    @Test
    void X28_aReaderThatDoesNotReadHoldsUpNobody() throws IOException {
        String id = Api.freshId();
        Api.submit(shell(id, waitingFor("loud") + "head -c 8000000 /dev/zero | tr '\\0' a"));

        try (Stream idle = follow(id, "")) {
            letGo("loud");
            Waiting.until(() -> Api.authorised()
                    .get("/patches/" + id)
                    .jsonPath()
                    .getString("status")
                    .equals("succeeded"));
            assertThat(idle.nextOutput().data()).startsWith("{\"text\":\"first");
        }
    }

    @Test
    void anIdThatIsNoneOfTheStreamIsABadRequest() {
        String id = Api.freshId();
        Api.run(shell(id, "true"));

        Api.authorised()
                .header("Last-Event-ID", "nonsense")
                .get("/patches/" + id + "/events")
                .then()
                .statusCode(400);
    }

    private static String waitingFor(String name) {
        return Pause.command(name, "echo first;");
    }

    private void letGo(String name) throws IOException {
        Pause pause = new Pause(name, folders.transactions());
        Waiting.until(pause::hasBegun);
        pause.letGo();
    }

    private List<Event> all(String id, String last) throws IOException {
        try (Stream stream = follow(id, last)) {
            List<Event> events = new ArrayList<>();
            while (events.isEmpty() || !events.getLast().name().equals("end")) {
                events.add(stream.next());
            }
            return events;
        }
    }

    private Stream follow(String id, String last) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(patches + "/" + id + "/events").toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + OwnHome.TOKEN);
        connection.setRequestProperty("Accept", "text/event-stream");
        if (!last.isEmpty()) {
            connection.setRequestProperty("Last-Event-ID", last);
        }
        assertThat(connection.getResponseCode()).isEqualTo(200);
        return new Stream(
                connection,
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)));
    }

    private record Event(String name, String id, String data) {}

    private record Stream(HttpURLConnection connection, BufferedReader lines) implements AutoCloseable {
        Event nextOutput() throws IOException {
            Event event = next();
            while (!event.name().equals("output")) {
                event = next();
            }
            return event;
        }

        Event next() throws IOException {
            String name = "";
            String id = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                } else if (line.isEmpty() && !name.isEmpty()) {
                    return new Event(name, id, data);
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
