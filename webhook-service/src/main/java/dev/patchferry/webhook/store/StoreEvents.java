package dev.patchferry.webhook.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells this process what the store has committed. A signal tells what was true at its commit, and may be old news
 * when it is heard; a listener that missed one finds the truth in the store. Listeners run on the committing thread and must be quick.
 */
public final class StoreEvents {
    private final List<Consumer<StoreEvent>> listeners = new CopyOnWriteArrayList<>();

    public void subscribe(Consumer<StoreEvent> listener) {
        listeners.add(listener);
    }

    void publish(StoreEvent storeEvent) {
        listeners.forEach(listener -> listener.accept(storeEvent));
    }
}
