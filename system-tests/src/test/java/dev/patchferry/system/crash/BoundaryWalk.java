package dev.patchferry.system.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.crash.Boundary.Way;
import dev.patchferry.system.support.Sender;
import dev.patchferry.system.support.Sender.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes one service of a pair from boundary to boundary, the other one staying up: a patch comes there, the service
 * dies, is started again, and the patch is looked at from all sides.
 */
final class BoundaryWalk implements AutoCloseable {
    /** Who waits for an end hears of it as soon as it is journalled, which may be before the runner dies there. */
    private static final List<Integer> ANSWERS_AROUND_THE_END = List.of(200, 503);

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String WORKSPACE = "default";

    private final Pair pair;
    private final Service victim;
    private final List<Boundary> boundaries;
    private final Inspection inspection;
    private String armed = "";

    BoundaryWalk(String service, List<Boundary> boundaries) throws IOException {
        this.pair = Pair.create();
        this.victim = pair.service(service);
        this.boundaries = boundaries;
        this.inspection = new Inspection(pair);
        pair.service(service.equals("webhook") ? "runner" : "webhook").start();
    }

    /** Kills at a boundary; fails unless the patch then ends as it has to. */
    void pass(Boundary boundary) throws Exception {
        arm(boundary.points().getFirst());
        Job job = new Job(boundary.point(), WORKSPACE, kind(boundary.way()));
        bringThere(job, boundary.way());
        victim.awaitStopped();
        if (boundary.way() == Way.IN_CONFLICT) {
            pair.workspace(WORKSPACE).ownerWrites("owner");
        }
        for (String point : boundary.points().subList(1, boundary.points().size())) {
            victim.startToStopAt(point);
            victim.awaitStopped();
        }
        startFor(boundary.settledApart() ? Optional.empty() : next(boundary));
        sendAgain(job, boundary.way());
        check(job, boundary);
        assertThat(victim.isAlive())
                .as("settling a kill does not pass the next boundary: %s", armed)
                .isTrue();
    }

    private static Job.Kind kind(Way way) {
        return switch (way) {
            case CANCELLED_BEFOREHAND -> Job.Kind.FAILING;
            case FORGOTTEN -> Job.Kind.ENDLESS;
            case PROPOSED, APPROVED -> Job.Kind.PROPOSAL;
            default -> Job.Kind.MUTATIONS;
        };
    }

    /** Usually it is armed already. */
    private void arm(String point) throws IOException {
        if (!armed.equals(point) || !victim.isAlive()) {
            victim.kill();
            startFor(Optional.of(point));
        }
    }

    private void startFor(Optional<String> point) throws IOException {
        armed = point.orElse("");
        if (point.isPresent()) {
            victim.startToStopAt(point.get());
        } else {
            victim.start();
        }
        pair.webhook().awaitReady();
        pair.runner().awaitReady();
    }

    private Optional<String> next(Boundary boundary) {
        int next = boundaries.indexOf(boundary) + 1;
        return next < boundaries.size()
                ? Optional.of(boundaries.get(next).points().getFirst())
                : Optional.empty();
    }

    private void bringThere(Job job, Way way) throws Exception {
        switch (way) {
            case SENT, IN_CONFLICT, PROPOSED -> answers(pair.sender(), "/webhook", job.document());
            case NOT_ANSWERED, NOT_STORED ->
                assertThat(answers(pair.sender(), "/webhook", job.document())).isFalse();
            case CANCELLED_UNSENT -> {
                pair.runner().kill();
                send(job);
                // While an attempt is under way nobody can tell whether it has left; then the answer is 503.
                await().atMost(LONGEST).until(() -> !answers(pair.sender(), cancel(job), ""));
                pair.runner().start();
            }
            case CANCELLED_WAITING -> {
                Job before = new Job(job.id() + "-before", WORKSPACE, Job.Kind.ENDLESS);
                send(before);
                awaitStatus(before, "running");
                send(job);
                awaitStatus(job, "queued");
                assertThat(pair.sender().post(cancel(job), "").status()).isEqualTo(503);
            }
            case FORGOTTEN -> {
                send(job);
                awaitStatus(job, "running");
                pair.runner().kill();
                pair.loseJournal();
                pair.runner().start();
            }
            case UNDONE -> {
                send(job);
                assertThat(awaitEnd(job)).isEqualTo("succeeded");
                assertThat(pair.sender().post(undo(job), "").status()).isIn(ANSWERS_AROUND_THE_END);
            }
            case APPROVED -> {
                send(job);
                awaitStatus(job, "proposed");
                assertThat(pair.operator().approve(job.id()).status()).isIn(ANSWERS_AROUND_THE_END);
            }
            case CANCELLED_BEFOREHAND -> {
                Job twin = new Job(job.id() + "-twin", job.label(), WORKSPACE, job.kind());
                send(twin);
                awaitEnd(twin);
                String hash = pair.atRunner()
                        .read("/patches/" + twin.id())
                        .path("content_hash")
                        .asText();
                String path = "/patches/" + job.id() + "/cancel?workspace=" + WORKSPACE + "&content_hash=" + hash;
                assertThat(answers(pair.atRunner(), path, "")).isFalse();
            }
        }
    }

    /** Whoever got no 2xx sends the same again, as may whoever got one. */
    private void sendAgain(Job job, Way way) throws Exception {
        if (way == Way.NOT_STORED) {
            assertThat(pair.sender().read("/patches/" + job.id()).path("status").asInt())
                    .isEqualTo(404);
            send(job);
        }
        if (way == Way.CANCELLED_BEFOREHAND) {
            send(job);
        }
        if (way == Way.UNDONE) {
            await().atMost(LONGEST)
                    .until(() -> pair.sender().post(undo(job), "").status() == 200);
        }
        if (way == Way.APPROVED) {
            await().atMost(LONGEST)
                    .until(() -> pair.operator().approve(job.id()).status() == 200);
        }
    }

    private void check(Job job, Boundary boundary) throws Exception {
        boolean mayBeUnknown = boundary.way().mayBeUnknownToRunner();
        String end = awaitEnd(job);
        assertThat(end).isIn(boundary.ends());
        assertThat(inspection.happenedTwice(job)).as("happened twice").isFalse();
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(inspection.contradictions(job, end, mayBeUnknown))
                        .isEmpty());
        await().atMost(LONGEST).untilAsserted(() -> assertThat(pair.leftovers()).isEmpty());

        Answer again = pair.sender().post("/webhook", job.document());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("duplicate").asBoolean()).isTrue();
        assertThat(again.body().path("status").asText()).isEqualTo(end);
        assertThat(inspection.contradictions(job, end, mayBeUnknown)).isEmpty();
    }

    private void send(Job job) throws IOException, InterruptedException {
        assertThat(pair.sender().post("/webhook", job.document()).status()).isEqualTo(202);
    }

    private static String undo(Job job) {
        return "/patches/" + job.id() + "/undo";
    }

    private static String cancel(Job job) {
        return "/patches/" + job.id() + "/cancel";
    }

    private static boolean answers(Sender service, String path, String body) throws InterruptedException {
        try {
            service.post(path, body);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitStatus(Job job, String status) {
        await().atMost(LONGEST).until(() -> status(job).equals(status));
    }

    private String awaitEnd(Job job) throws IOException, InterruptedException {
        JsonNode patch = pair.sender().read("/patches/" + job.id() + "?wait=30");
        assertThat(patch.path("terminal").asBoolean())
                .as(patch.toPrettyString())
                .isTrue();
        return patch.path("status").asText();
    }

    private String status(Job job) throws IOException, InterruptedException {
        return pair.sender().read("/patches/" + job.id()).path("status").asText();
    }

    @Override
    public void close() throws IOException {
        pair.close();
    }
}
