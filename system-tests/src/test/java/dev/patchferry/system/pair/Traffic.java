package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;

/**
 * A sender that goes on whatever happens to the services: each patch adds a line to a file of the workspace, and is sent again
 * under its id until it is answered 2xx. The next one is sent when it has ended, or after a second.
 */
final class Traffic implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final List<String> ENDS = List.of("succeeded", "interrupted");

    private final Sender sender;
    private final String name;
    private final Path ledger;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final FutureTask<Void> sending = new FutureTask<>(this::send, null);
    private volatile boolean over;

    private Traffic(Sender sender, String name, Path ledger) {
        this.sender = sender;
        this.name = name;
        this.ledger = ledger;
    }

    /** Sends from now on; returns when the first patch runs, which takes longer than all others. */
    static Traffic start(Sender sender, String name, Path ledger) throws Exception {
        Traffic traffic = new Traffic(sender, name, ledger);
        traffic.submit("/webhook", name + "-long", "sleep 2; ");
        await().atMost(SOON).until(() -> !traffic.status(name + "-long").equals("accepted"));
        Thread.startVirtualThread(traffic.sending);
        return traffic;
    }

    private void send() {
        for (int i = 1; !over; i++) {
            submit("/webhook?wait=1", name + "-" + i, "");
        }
    }

    private void submit(String path, String id, String first) {
        String document = Sender.shell(id, first + "echo " + id + " >>" + ledger.getFileName())
                .toString();
        await().atMost(SOON).until(() -> isAccepted(path, document));
        accepted.add(id);
    }

    private boolean isAccepted(String path, String document) throws InterruptedException {
        try {
            return sender.post(path, document).status() / 100 == 2;
        } catch (IOException e) {
            // Nobody listens, or the answer is lost: the same again.
            return false;
        }
    }

    /** Stops sending; every patch that was answered 2xx has an end, and its line is there once, or not at all. */
    void assertNothingWasLost() throws Exception {
        over = true;
        sending.get();
        assertThat(accepted).hasSizeGreaterThan(1);
        for (String id : accepted) {
            await().atMost(SOON).until(() -> ENDS.contains(status(id)));
        }
        List<String> lines = Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
        for (String id : accepted) {
            assertThat(lines.stream().filter(id::equals).count())
                    .as(id + " " + status(id))
                    .isEqualTo(status(id).equals("succeeded") ? 1 : 0);
        }
    }

    private String status(String id) throws Exception {
        return sender.read("/patches/" + id).path("status").asText();
    }

    @Override
    public void close() {
        over = true;
        await().atMost(SOON).until(sending::isDone);
    }
}
