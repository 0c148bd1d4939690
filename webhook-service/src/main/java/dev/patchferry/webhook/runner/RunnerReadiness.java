package dev.patchferry.webhook.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchferry.contract.RunnerApi;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Whether the runner could execute a patch now, asked of the runner itself: one that answers may lack its sandbox, its
 * journal or a workspace.
 */
@Singleton
public class RunnerReadiness {
    private static final Logger LOG = Logger.getLogger(RunnerReadiness.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Anybody may ask us; the runner, whose answer costs it a commit, is asked once in this time. */
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private static final int MAX_DOCUMENT_BYTES = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunnerAvailability link;
    private final RunnerStreams runner;
    private boolean ready;
    private boolean asked;
    private long askedAt;

    RunnerReadiness(RunnerAvailability link, RunnerStreams runner) {
        this.link = link;
        this.runner = runner;
    }

    /** Takes 4 s at most: 2 until it is connected, 2 for the answer. A runner known not to answer is not asked. */
    public synchronized boolean isReady() {
        if (link.fault().isPresent()) {
            return false;
        }
        if (!asked || System.nanoTime() - askedAt > FRESH) {
            ready = ask();
            asked = true;
            askedAt = System.nanoTime();
        }
        return ready;
    }

    private boolean ask() {
        try (RunnerStream answer = runner.get("/q/health/ready", Map.of(), PATIENCE)) {
            return answer.status() == 200 && saysReady(answer.beginning(MAX_DOCUMENT_BYTES));
        } catch (IOException e) {
            LOG.debugf("the runner does not say whether it is ready reason=%s", e.getMessage());
            return false;
        }
    }

    /** Its health document with the check of a runner; another program at its address may answer 200 as well. */
    private static boolean saysReady(byte[] body) throws IOException {
        JsonNode document = JSON.readTree(body);
        return isUp(document)
                && StreamSupport.stream(document.path("checks").spliterator(), false)
                        .anyMatch(check ->
                                isUp(check) && check.path("name").asText().equals(RunnerApi.READINESS_CHECK));
    }

    private static boolean isUp(JsonNode status) {
        return status.path("status").asText().equals("UP");
    }
}
