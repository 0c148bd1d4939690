package dev.patchferry.webhook.runner;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is known of the way to the runner. Whoever finds that it answers says so here; whoever waits for it is told.
 */
@Singleton
public class RunnerLink {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Optional<String> fault = Optional.of("not tried yet");

    /** Why the runner cannot be used; empty while it can. */
    public synchronized Optional<String> fault() {
        return fault;
    }

    /** The runner answered as it should. */
    public void up() {
        if (change(Optional.empty())) {
            listeners.forEach(Runnable::run);
        }
    }

    /** The runner does not answer, or not as it should. */
    public void down(String reason) {
        change(Optional.of(reason));
    }

    /** Calls the listener each time the runner answers again; on the thread that found out, so it must be quick. */
    public void onUp(Runnable listener) {
        listeners.add(listener);
    }

    /** Whether this is news about being reachable. */
    private synchronized boolean change(Optional<String> now) {
        boolean news = now.isPresent() != fault.isPresent();
        fault = now;
        return news;
    }
}
