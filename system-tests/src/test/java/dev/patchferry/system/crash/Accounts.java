package dev.patchferry.system.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;

/** Goes through everything that clients were promised, after the last kill, and writes down what was not kept. */
final class Accounts {
    /** Everything that was accepted has ended by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Pair pair;
    private final Inspection inspection;
    private final Map<String, Integer> ends = new TreeMap<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> disagreeing = new ArrayList<>();

    Accounts(Pair pair) {
        this.pair = pair;
        this.inspection = new Inspection(pair);
    }

    Map<String, Integer> ends() {
        return ends;
    }

    List<String> lost() {
        return lost;
    }

    List<String> twice() {
        return twice;
    }

    List<String> disagreeing() {
        return disagreeing;
    }

    /** Settles everything; the lists are complete afterwards. */
    void settle(List<Client.Log> logs, int killsOfRunner) throws IOException, InterruptedException {
        List<Job> jobs = logs.stream().flatMap(log -> log.accepted().stream()).toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Job job : jobs) {
            end(job, deadline).ifPresentOrElse(end -> ends.merge(end, 1, Integer::sum), () -> lost.add(job.id()));
        }
        awaitQuiet();
        for (Job job : jobs) {
            check(job);
        }
        logs.forEach(log -> disagreeing.addAll(log.complaints()));
        logs.forEach(this::checkOrder);
        checkLedgers(jobs);
        int interrupted = ends.getOrDefault("interrupted", 0);
        int mostRunning = killsOfRunner * Pair.WORKSPACES.size();
        if (interrupted > mostRunning) {
            disagreeing.add(
                    interrupted + " are interrupted, and at most " + mostRunning + " ran when they were killed");
        }
    }

    private Optional<String> end(Job job, long deadline) throws IOException, InterruptedException {
        JsonNode patch;
        do {
            patch = pair.sender().read("/patches/" + job.id() + "?wait=10");
        } while (!patch.path("terminal").asBoolean() && System.nanoTime() < deadline);
        return patch.path("terminal").asBoolean()
                ? Optional.of(patch.path("status").asText())
                : Optional.empty();
    }

    /** Folders and files go after the end is known; what stays is a finding. */
    private void awaitQuiet() throws IOException {
        try {
            await().atMost(Duration.ofSeconds(15)).until(() -> pair.leftovers().isEmpty());
        } catch (ConditionTimeoutException e) {
            pair.leftovers().forEach(each -> disagreeing.add("left behind: " + each));
        }
    }

    private void check(Job job) throws IOException, InterruptedException {
        String status =
                pair.sender().read("/patches/" + job.id()).path("status").asText();
        if (inspection.happenedTwice(job)) {
            twice.add(job.id());
        }
        Set<String> possible = job.kind() == Job.Kind.IMPOSSIBLE
                ? Set.of(job.kind().end())
                : Set.of(job.kind().end(), "interrupted");
        if (!possible.contains(status)) {
            disagreeing.add(job + " is " + status);
        }
        // One that was cancelled before it left is not the runner's.
        inspection
                .contradictions(job, status, status.equals("cancelled"))
                .forEach(each -> disagreeing.add(job + " " + each));
    }

    /** Who sends the next only after the answer finds them in the ledger in that order. */
    private void checkOrder(Client.Log log) {
        List<String> sent = log.accepted().stream().map(Job::label).toList();
        Set<String> own = new HashSet<>(sent);
        if (!log.accepted().isEmpty()) {
            List<String> happened = pair.workspace(log.accepted().getFirst().workspace()).ledger().stream()
                    .filter(own::contains)
                    .distinct()
                    .toList();
            if (!happened.equals(sent.stream().filter(happened::contains).toList())) {
                disagreeing.add("not in the order in which they were sent: " + happened);
            }
        }
    }

    private void checkLedgers(List<Job> jobs) {
        Set<String> known = new HashSet<>(jobs.stream().map(Job::label).toList());
        for (String workspace : Pair.WORKSPACES) {
            pair.workspace(workspace).ledger().stream()
                    .filter(line -> !known.contains(line))
                    .forEach(line -> disagreeing.add("in the ledger, though nobody was promised anything: " + line));
        }
    }
}
