package dev.patchferry.system.crash;

import dev.patchferry.system.support.Sender.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Sends one patch after the other to one workspace, as a careful script would: whatever was not answered is sent again
 * under the same id with the same content, until there is a 2xx.
 */
final class Client implements Callable<Client.Log> {
    /** What ends without anybody's help. */
    private static final List<Job.Kind> KINDS = Stream.of(Job.Kind.values())
            .filter(kind -> kind != Job.Kind.PROPOSAL)
            .toList();

    private final Pair pair;
    private final String name;
    private final String workspace;
    private final RandomGenerator random;
    private final BooleanSupplier stopped;
    private final List<Job> accepted = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private int sentAgain;

    Client(Pair pair, String name, String workspace, RandomGenerator random, BooleanSupplier stopped) {
        this.pair = pair;
        this.name = name;
        this.workspace = workspace;
        this.random = random;
        this.stopped = stopped;
    }

    /**
     * What a client did.
     *
     * @param accepted what was answered 2xx, in the order in which it was sent
     * @param sentAgain how often something was sent again
     * @param complaints answers that nobody should get
     */
    record Log(List<Job> accepted, int sentAgain, List<String> complaints) {
        Log {
            accepted = List.copyOf(accepted);
            complaints = List.copyOf(complaints);
        }
    }

    @Override
    public Log call() throws InterruptedException {
        while (!stopped.getAsBoolean()) {
            Job job = new Job(name + "-" + accepted.size(), workspace, KINDS.get(random.nextInt(KINDS.size())));
            deliver(job);
            accepted.add(job);
            if (job.kind() == Job.Kind.ENDLESS) {
                cancel(job);
            } else if (random.nextInt(5) == 0) {
                deliverAgain(accepted.get(random.nextInt(accepted.size())));
            }
        }
        return new Log(accepted, sentAgain, complaints);
    }

    private void deliver(Job job) throws InterruptedException {
        // Who waits for the end now and then sends no faster than the runner works.
        String path = job.kind() == Job.Kind.ENDLESS || random.nextBoolean() ? "/webhook" : "/webhook?wait=20";
        while (status(path, job.document()) / 100 != 2) {
            sentAgain++;
        }
    }

    /** Something that was answered 2xx is known from then on, whatever happened in between. */
    private void deliverAgain(Job job) throws InterruptedException {
        sentAgain++;
        try {
            Answer answer = pair.sender().post("/webhook", job.document());
            if (answer.status() / 100 == 2 && !answer.body().path("duplicate").asBoolean()) {
                complaints.add(job.id() + " was accepted twice");
            }
        } catch (IOException e) {
            pair.webhook().awaitReady();
        }
    }

    /** 409 says that it has ended by itself or by a kill. */
    private void cancel(Job job) throws InterruptedException {
        int status = status("/patches/" + job.id() + "/cancel", "");
        while (status / 100 != 2 && status != 409) {
            status = status("/patches/" + job.id() + "/cancel", "");
        }
    }

    /** The status of an answer; 503 if there was none, or it was one that asks for patience, which then has been had. */
    private int status(String path, String body) throws InterruptedException {
        try {
            Answer answer = pair.sender().post(path, body);
            if (answer.status() >= 400 && !List.of(409, 429, 503).contains(answer.status())) {
                complaints.add(path + " was answered " + answer.status() + " " + answer.body());
            }
            if (answer.status() == 503) {
                awaitBoth();
            }
            return answer.status();
        } catch (IOException e) {
            awaitBoth();
            return 503;
        }
    }

    private void awaitBoth() {
        pair.webhook().awaitReady();
        pair.runner().awaitReady();
    }
}
