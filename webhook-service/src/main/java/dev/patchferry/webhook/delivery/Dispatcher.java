package dev.patchferry.webhook.delivery;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.runner.RunnerAvailability;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoreEvent;
import dev.patchferry.webhook.store.StoreEvents;
import dev.patchferry.webhook.store.StoreLifecycle;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a lane running for every workspace that has something in the outbox. */
@Singleton
class Dispatcher {
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final PatchStore store;
    private final DeliveryWork work;
    private final Duration rest;
    private final Map<WorkspaceName, Running> lanes = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Dispatcher(
            PatchStore store,
            StoreEvents storeEvents,
            RunnerAvailability link,
            DeliveryWork work,
            DeliveryConfig config) {
        this.store = store;
        this.work = work;
        this.rest = config.rest();
        storeEvents.subscribe(this::heard);
        link.onUp(() -> lanes.values().forEach(running -> running.lane().call(true)));
    }

    /** Whatever was due while the service was down goes first. */
    void start(@Observes @Priority(StoreLifecycle.OPENED + 100) StartupEvent start) {
        store.outbox().lanes().forEach(this::add);
    }

    /** An attempt that is under way may end; one that does not is made again after the restart. */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        stopped = true;
        lanes.values().forEach(running -> running.lane().end());
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        for (Running running : List.copyOf(lanes.values())) {
            running.thread().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            running.thread().interrupt();
        }
    }

    private void heard(StoreEvent storeEvent) {
        switch (storeEvent) {
            case StoreEvent.Enqueued(WorkspaceName workspace) -> add(workspace);
            // An end makes room in the runner's queue, and is a sign of life.
            case StoreEvent.Changed changed -> {
                Running running = lanes.get(changed.patch().workspace());
                if (running != null) {
                    running.lane().call(changed.patch().status().isTerminal());
                }
            }
        }
    }

    private void add(WorkspaceName workspace) {
        if (stopped) {
            return;
        }
        lanes.compute(
                workspace, (name, running) -> running != null && running.lane().add() ? running : begin(name));
    }

    private Running begin(WorkspaceName workspace) {
        DeliveryWorker deliveryWorker = new DeliveryWorker(workspace, work, rest);
        return new Running(
                deliveryWorker, Thread.ofVirtual().name("lane-" + workspace).start(() -> {
                    deliveryWorker.run();
                    lanes.computeIfPresent(
                            workspace, (_, running) -> running.lane() == deliveryWorker ? null : running);
                }));
    }

    private record Running(DeliveryWorker lane, Thread thread) {}
}
