package dev.patchferry.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A runner that takes every patch, keeps a journal of the events that a test writes into it, and fails as it is told.
 * Its stream of events ends when all have been sent; the webhook then connects again a moment later.
 */
public final class RunnerDouble {
    private static final int LAST_RESORT = 10;

    private final WireMockServer server;
    private final List<PatchEvent> journal = new CopyOnWriteArrayList<>();
    private volatile boolean forgotten;

    RunnerDouble() {
        server = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .extensions(new TakesEverything(), new TellsTheJournal()));
        server.start();
        server.stubFor(
                any(anyUrl()).atPriority(LAST_RESORT).willReturn(aResponse().withStatus(404)));
        server.stubFor(post(urlPathEqualTo("/patch"))
                .atPriority(LAST_RESORT - 1)
                .willReturn(aResponse().withTransformers("takes-everything")));
        server.stubFor(get(urlPathEqualTo("/events"))
                .atPriority(LAST_RESORT - 1)
                .willReturn(aResponse().withTransformers("tells-the-journal")));
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
        StubMapping stub = server.stubFor(post(urlPathEqualTo("/patch"))
                .withRequestBody(matchingJsonPath("$[?(@.workspace == '" + workspace + "')]"))
                .willReturn(aResponse().withStatus(401)));
        return () -> server.removeStub(stub);
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

    /** Loses the journal: the next cursor that is not the start is unknown. */
    public synchronized void forgetEverything() {
        journal.clear();
        forgotten = true;
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

    private static final class TakesEverything implements ResponseDefinitionTransformerV2 {
        @Override
        public ResponseDefinition transform(ServeEvent request) {
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
            if (forgotten && after.number() > 0) {
                return aResponse().withStatus(410).build();
            }
            String events = journal.stream()
                    .filter(event -> event.cursor().number() > after.number())
                    .map(event -> "id: " + event.cursor() + "\ndata: " + json(event) + "\n\n")
                    .collect(Collectors.joining());
            return aResponse()
                    .withStatus(200)
                    .withHeader("Content-Type", "text/event-stream")
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
