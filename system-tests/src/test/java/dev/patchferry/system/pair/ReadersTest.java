package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How logs, lists and events are read, through both services. */
@Tag("launcher")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadersTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final RunningPair pair = new RunningPair();
    private RunningCommand up;

    ReadersTest() throws IOException {}

    @BeforeAll
    void runTwoPatches() throws Exception {
        up = pair.up();
        assertThat(pair.sender()
                        .sendShell("says", "printf 0123456789")
                        .path("status")
                        .asText())
                .isEqualTo("succeeded");
        assertThat(pair.operator().sendShell("fails", "exit 3").path("status").asText())
                .isEqualTo("failed");
    }

    @AfterAll
    void stop() throws IOException {
        pair.close();
        up.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 200, 0123456789",
        "?tail=3, '', 200, 789",
        "?tail=99, '', 200, 0123456789",
        "?offset=2&limit=3, '', 206, 234",
        "?limit=4, '', 206, 0123",
        "'', bytes=-4, 206, 6789",
        "'', bytes=8-, 206, 89",
        "'', bytes=1-2, 206, 12"
    })
    void aLogIsReadWholeOrInPartWhateverTypeIsAskedFor(String query, String range, int status, String text)
            throws Exception {
        for (String accept : List.of("text/plain", "application/json", "image/png")) {
            HttpRequest.Builder request = request("/patches/says/log" + query).header("Accept", accept);
            if (!range.isEmpty()) {
                request.header("Range", range);
            }

            HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());

            assertThat(answer.body()).as(accept).isEqualTo(text);
            assertThat(answer.statusCode()).as(accept).isIn(200, status);
        }
    }

    @Test
    void theEventsOfAPatchEndWithItsStatusAndAreHeldUpByNobody() throws Exception {
        HttpResponse<String> events =
                CLIENT.send(request("/patches/says/events").build(), BodyHandlers.ofString());

        assertThat(events.body()).contains("0123456789");
        assertThat(events.body().substring(events.body().indexOf("event:end"))).contains("{\"status\":\"succeeded\"}");
        assertThat(events.headers().allValues("X-Accel-Buffering")).containsExactly("no");
        assertThat(events.headers().allValues("Cache-Control")).hasSize(1);
    }

    @Test
    void patchesAreListedBySenderAndStateNewestFirst() throws Exception {
        Sender operator = pair.operator();

        assertThat(ids(operator.read("/patches"))).containsExactly("fails", "says");
        assertThat(ids(operator.read("/patches?order=oldest"))).containsExactly("says", "fails");
        assertThat(ids(operator.read("/patches?principal=submit"))).containsExactly("says");
        assertThat(ids(operator.read("/patches?status=failed,succeeded"))).containsExactly("fails", "says");
        assertThat(ids(operator.read("/patches?status=failed,queued"))).containsExactly("fails");
        assertThat(operator.read("/patches").at("/patches/0/principal").asText())
                .isEqualTo("operator");
    }

    @Test
    void theAuditRecordIsReadNewestFirst() throws Exception {
        List<String> newest = places(pair.operator().read("/audit?order=newest&kind=accepted"));
        List<String> oldest = places(pair.operator().read("/audit?kind=accepted"));

        assertThat(oldest).hasSize(2);
        assertThat(newest).containsExactlyElementsOf(oldest.reversed());
    }

    @ParameterizedTest
    @CsvSource({"Content-Encoding, gzip, 415", "Content-Type, text/plain, 415"})
    void aBodyInAnotherFormIsRefusedByName(String header, String value, int status) throws Exception {
        HttpRequest.Builder request = request("/webhook").header(header, value);
        if (!header.equals("Content-Type")) {
            request.header("Content-Type", "application/json");
        }

        HttpResponse<String> answer =
                CLIENT.send(request.POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16, 400", "UTF-16LE, 400"})
    void aBodyThatIsNotUtf8IsRefused(String charset, int status) throws Exception {
        byte[] body = Sender.shell("wide", "true").toString().getBytes(Charset.forName(charset));

        HttpResponse<String> answer = CLIENT.send(
                request("/webhook")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void twoDocumentsInOneBodyAreRefusedInWords() throws Exception {
        String one = Sender.shell("first", "true").toString();
        HttpResponse<String> answer = CLIENT.send(
                request("/webhook")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(one + one, StandardCharsets.UTF_8))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Exception", "jackson", "com.", "JsonToken");
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(pair.operator().service().resolve(path))
                .header("Authorization", "Bearer " + pair.operator().token())
                .timeout(Duration.ofSeconds(60));
    }

    private static List<String> ids(JsonNode page) {
        return texts(page.path("patches"), "id");
    }

    private static List<String> places(JsonNode page) {
        return texts(page.path("records"), "place");
    }

    private static List<String> texts(JsonNode list, String field) {
        return new ArrayList<>(StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path(field).asText())
                .toList());
    }
}
