package dev.patchferry.webhook.runner;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is known of the way to the runner. Whoever finds that it answers says so here; whoever waits for it is told.
 */
@Singleton
public class RunnerAvailability {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private Optional<String> fault = Optional.of("not tried yet");
    private Instant faultSince;
    private boolean silent;

    public RunnerAvailability(Clock clock) {
        this.clock = clock;
        this.faultSince = clock.instant();
    }

    /** Why the runner cannot be used; empty while it can. */
    public synchronized Optional<String> fault() {
        return fault;
    }

    /** Since when the runner gives no answer that can be used; empty while it does, and until it has been tried. */
    public synchronized Optional<Instant> silentSince() {
        return silent ? Optional.of(faultSince) : Optional.empty();
    }

    /** The runner answered as it should. */
    public void up() {
        if (change(Optional.empty(), false)) {
            listeners.forEach(Runnable::run);
        }
    }

    /** The runner does not answer, or not as it should. */
    public void down(String reason) {
        change(Optional.of(reason), true);
    }

    /** The runner ended what it was saying. It may answer when it is asked next. */
    public void ended(String reason) {
        change(Optional.of(reason), false);
    }

    /** Calls the listener each time the runner answers again; on the thread that found out, so it must be quick. */
    public void onUp(Runnable listener) {
        listeners.add(listener);
    }

    /** Whether this is news about being reachable. */
    private synchronized boolean change(Optional<String> now, boolean isSilent) {
        boolean news = now.isPresent() != fault.isPresent();
        if (news && now.isPresent()) {
            faultSince = clock.instant();
        }
        silent = now.isPresent() && (silent || isSilent);
        fault = now;
        return news;
    }
}
