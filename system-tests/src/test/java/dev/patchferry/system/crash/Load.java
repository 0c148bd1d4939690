package dev.patchferry.system.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator.SplittableGenerator;

/** Two clients for every workspace of a pair, from its creation until it is ended. */
final class Load implements AutoCloseable {
    private static final int CLIENTS_EACH = 2;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Future<Client.Log>> clients = new ArrayList<>();

    Load(Pair pair, SplittableGenerator random) {
        for (String workspace : Pair.WORKSPACES) {
            for (int i = 0; i < CLIENTS_EACH; i++) {
                String name = workspace + i;
                clients.add(threads.submit(new Client(pair, name, workspace, random.split(), stopped::get)));
            }
        }
    }

    /** Lets every client finish what it is sending. */
    List<Client.Log> end() throws InterruptedException, ExecutionException {
        stopped.set(true);
        List<Client.Log> logs = new ArrayList<>();
        for (Future<Client.Log> client : clients) {
            logs.add(client.get());
        }
        return logs;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
