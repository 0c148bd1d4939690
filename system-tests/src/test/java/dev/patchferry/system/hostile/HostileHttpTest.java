package dev.patchferry.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("hostile-http")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttpTest {
    private static final int WARM_UP = 10_000;
    private static final int REQUESTS = 10_000;
    private static final int AT_ONCE = 4;
    private static final int GOOD_AFTER = 100;
    private static final int OPEN_CONNECTIONS = 1_000;
    private static final double MOST_GROWTH = 1.2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final long seed = Long.getLong("ferry.hostile.seed", 20_261_128L);
    private final List<Long> goodMillis = Collections.synchronizedList(new ArrayList<>());
    private Target webhook;

    @BeforeAll
    void start() throws Exception {
        webhook = new Target();
    }

    @AfterAll
    void stop() throws IOException {
        webhook.close();
    }

    @Test
    void S12_tenThousandHostileRequestsAreAnsweredWithProblemsAndOthersAreServed() throws Exception {
        attack(seed - 1, WARM_UP);
        long before = webhook.resident();
        goodMillis.clear();

        Map<String, Integer> statuses = attack(seed, REQUESTS);

        long after = webhook.resident();
        report("%d hostile requests, seed %d: %s".formatted(REQUESTS, seed, statuses));
        report("resident %d KiB before, %d KiB after".formatted(before, after));
        reportGood();
        assertThat(statuses.keySet()).noneMatch(status -> status.startsWith("5") && !status.equals("503"));
        assertThat(after).isLessThanOrEqualTo((long) (before * MOST_GROWTH));
        assertThat(webhook.log()).doesNotContain("level=ERROR").doesNotContain(webhook.secrets());
    }

    @Test
    void aThousandOpenConnectionsKeepNobodyOut() throws Exception {
        List<Wire> open = new ArrayList<>();
        try {
            for (int i = 0; i < OPEN_CONNECTIONS; i++) {
                open.add(new Wire(webhook.port(), PATIENCE));
            }

            for (int i = 0; i < 10; i++) {
                good("among-open-" + i);
            }
        } finally {
            for (Wire wire : open) {
                wire.close();
            }
        }
    }

    @Test
    void slowSendersAreToldAndLetGo() throws Exception {
        String head = "POST /webhook HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + webhook.token()
                + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
        List<String> beginnings = List.of("G", "GET /health HTTP/1.1\r\nHost: x\r\nX: ", head);
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                byte[] beginning = beginnings.get(i % beginnings.size()).getBytes(StandardCharsets.US_ASCII);
                answers.add(threads.submit(() -> answerTo(beginning, false)));
            }
            good("among-slow");

            for (Future<String> answer : answers) {
                assertThat(answer.get()).startsWith("HTTP/1.1 408 ").contains("urn:patchferry:problem:request-timeout");
            }
        }
    }

    /** Sends so many hostile requests, and a good one now and then; how often each status came. */
    private Map<String, Integer> attack(long attackSeed, int requests) throws Exception {
        ConcurrentLinkedQueue<String> statuses = new ConcurrentLinkedQueue<>();
        List<Future<?>> attackers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int attacker = 0; attacker < AT_ONCE; attacker++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(attackSeed + 31L * attacker);
                Malice malice = new Malice(random, webhook.token());
                String name = "good-" + attackSeed + "-" + attacker + "-";
                attackers.add(threads.submit(() -> {
                    for (int i = 0; i < requests / AT_ONCE; i++) {
                        statuses.add(statusOf(malice.next()));
                        if (i % GOOD_AFTER == 0) {
                            good(name + i);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> attacker : attackers) {
                attacker.get();
            }
        }
        Map<String, Integer> counts = new TreeMap<>();
        statuses.forEach(status -> counts.merge(status, 1, Integer::sum));
        return counts;
    }

    private String statusOf(Malice.Attack attack) throws IOException {
        Answer answer = new Answer(answerTo(attack.bytes().getBytes(StandardCharsets.ISO_8859_1), attack.ends()));
        answer.assertHarmless(attack, webhook.secrets());
        return answer.status();
    }

    private String answerTo(byte[] request, boolean end) throws IOException {
        try (Wire wire = new Wire(webhook.port(), PATIENCE)) {
            if (wire.send(request) && end) {
                wire.endOfInput();
            }
            return wire.answer();
        }
    }

    private void good(String id) throws Exception {
        long began = System.nanoTime();
        Sender.Answer answer =
                webhook.sender().post("/webhook", Sender.shell(id, "true").toString());
        goodMillis.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
        assertThat(answer.status()).isEqualTo(202);
    }

    private void reportGood() {
        report("%d good requests in between: median %d ms, 95 %% within %d ms, worst %d ms"
                .formatted(goodMillis.size(), share(50), share(95), share(100)));
    }

    /** Within how many milliseconds so many in a hundred of the good requests were answered. */
    private long share(int percent) {
        List<Long> sorted = goodMillis.stream().sorted().toList();
        return sorted.get((sorted.size() * percent - 1) / 100);
    }

    private static void report(String line) {
        System.out.println("hostile-http: " + line);
    }
}
