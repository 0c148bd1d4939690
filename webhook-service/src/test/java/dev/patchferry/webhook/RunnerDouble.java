package dev.patchferry.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.RunnerApi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A runner that takes every patch, keeps a journal of the events that a test writes into it, and fails as it is told.
 * Like the real one it turns away who names a cursor that its journal does not know.
 * Its stream of events ends when all have been sent; the webhook then connects again a moment later.
 */
public final class RunnerDouble {
    private static final int LAST_RESORT = 10;

    private final WireMockServer server;
    private final List<PatchEvent> journal = new CopyOnWriteArrayList<>();
    private volatile EventCursor origin = origin(1);

    RunnerDouble() {
        server = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .extensions(new TakesEverything(), new TellsTheJournal(), new TellsOfAPatch(this::eventsOf)));
        server.start();
        server.stubFor(
                any(anyUrl()).atPriority(LAST_RESORT).willReturn(aResponse().withStatus(404)));
        server.stubFor(get(urlPathEqualTo("/q/health/ready"))
                .atPriority(LAST_RESORT - 1)
                .willReturn(okJson("""
                        {"status": "UP", "checks": [{"name": "runner can execute patches", "status": "UP"}]}""")));
        server.stubFor(post(urlPathEqualTo("/patch"))
                .atPriority(LAST_RESORT - 1)
                .willReturn(aResponse().withTransformers("takes-everything")));
        server.stubFor(get(urlPathEqualTo("/events"))
                .atPriority(LAST_RESORT - 1)
                .willReturn(aResponse().withTransformers("tells-the-journal")));
        server.stubFor(get(urlPathMatching("/patches/[^/]+"))
                .atPriority(LAST_RESORT - 1)
                .willReturn(aResponse().withTransformers("tells-of-a-patch")));
    }

    String url() {
        return server.baseUrl();
    }

    void stop() {
        server.stop();
    }

    /** For stubs of single tests. */
    public void answer(MappingBuilder stub) {
        server.stubFor(stub);
    }

    /** Answers 401 to every delivery into this workspace until the result is closed. */
    public Refusal refuseDeliveries(String workspace) {
        return answerForNow(post(urlPathEqualTo("/patch"))
                .withRequestBody(matchingJsonPath("$[?(@.workspace == '" + workspace + "')]"))
                .willReturn(aResponse().withStatus(401)));
    }

    /** Answers so until the result is closed. */
    public Refusal answerForNow(MappingBuilder stub) {
        StubMapping added = server.stubFor(stub);
        return () -> server.removeStub(added);
    }

    /** Keeps the stream of events open for this long, each time that somebody connects, until the result is closed. */
    public Refusal stream(Duration each) {
        String heartbeat = "event: heartbeat\ndata:\n\n";
        return answerForNow(get(urlPathEqualTo("/events"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/event-stream")
                        .withHeader(RunnerApi.JOURNAL, newest().toString())
                        .withBody(heartbeat + heartbeat)
                        .withChunkedDribbleDelay(2, (int) each.toMillis())));
    }

    /** Ends when it is closed. */
    public interface Refusal extends AutoCloseable {
        @Override
        void close();
    }

    /** Answers the deliveries of one patch so, one after the other; after these it takes it. */
    public void answerDeliveries(String id, ResponseDefinitionBuilder... answers) {
        String state = Scenario.STARTED;
        for (int i = 0; i < answers.length; i++) {
            String next = "after " + (i + 1);
            server.stubFor(post(urlPathEqualTo("/patch"))
                    .inScenario(id)
                    .whenScenarioStateIs(state)
                    .willSetStateTo(next)
                    .withRequestBody(matchingJsonPath("$[?(@.id == '" + id + "')]"))
                    .willReturn(answers[i]));
            state = next;
        }
    }

    /** Writes an event into the journal. */
    public synchronized void journal(String document, PatchStatus status) {
        PatchDocument read = Samples.read(document);
        journal.add(Samples.event(
                journal.size() + 1,
                read.id(),
                read.hash(),
                status,
                status.isTerminal() ? Optional.of(Samples.receipt(status)) : Optional.empty()));
    }

    /** Loses the journal: from now on there is another one, which knows no cursor of the one before. */
    public synchronized void forgetEverything() {
        journal.clear();
        origin = origin(2);
    }

    private static EventCursor origin(int life) {
        return EventCursor.parse("0-" + "%016x".formatted(life)).orElseThrow();
    }

    private boolean knows(EventCursor cursor) {
        return cursor.equals(EventCursor.START)
                || cursor.equals(origin)
                || journal.stream().anyMatch(event -> event.cursor().equals(cursor));
    }

    private EventCursor newest() {
        return journal.isEmpty() ? origin : journal.getLast().cursor();
    }

    /** What the journal tells of a patch. */
    public List<PatchEvent> eventsOf(String id) {
        return journal.stream()
                .filter(event -> event.patchId().value().equals(id))
                .toList();
    }

    /** The requests that brought this patch. */
    public List<LoggedRequest> deliveries(String id) {
        return server.findAll(postRequestedFor(urlPathEqualTo("/patch"))
                .withRequestBody(matchingJsonPath("$[?(@.id == '" + id + "')]")));
    }

    public WireMockServer server() {
        return server;
    }

    static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private final class TakesEverything implements ResponseDefinitionTransformerV2 {
        @Override
        public ResponseDefinition transform(ServeEvent request) {
            String cursor = request.getRequest().getHeader(RunnerApi.JOURNAL);
            if (cursor != null && !knows(EventCursor.parse(cursor).orElseThrow())) {
                return aResponse().withStatus(410).build();
            }
            PatchDocument document = Samples.read(request.getRequest().getBodyAsString());
            return aResponse()
                    .withStatus(202)
                    .withHeader("Content-Type", "application/json")
                    .withBody(json(Samples.runnerPatch(document.id(), document.hash(), PatchStatus.QUEUED)))
                    .build();
        }

        @Override
        public String getName() {
            return "takes-everything";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }

    private final class TellsTheJournal implements ResponseDefinitionTransformerV2 {
        @Override
        public ResponseDefinition transform(ServeEvent request) {
            EventCursor after = EventCursor.parse(
                            request.getRequest().queryParameter("after").firstValue())
                    .orElseThrow();
            if (!knows(after)) {
                return aResponse()
                        .withStatus(410)
                        .withHeader(RunnerApi.JOURNAL, newest().toString())
                        .build();
            }
            String events = journal.stream()
                    .filter(event -> event.cursor().number() > after.number())
                    .map(event -> "id: " + event.cursor() + "\ndata: " + json(event) + "\n\n")
                    .collect(Collectors.joining());
            return aResponse()
                    .withStatus(200)
                    .withHeader("Content-Type", "text/event-stream")
                    .withHeader(RunnerApi.JOURNAL, newest().toString())
                    .withBody("event: heartbeat\ndata:\n\n" + events)
                    .build();
        }

        @Override
        public String getName() {
            return "tells-the-journal";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
