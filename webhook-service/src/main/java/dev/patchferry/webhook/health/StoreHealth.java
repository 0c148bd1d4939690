package dev.patchferry.webhook.health;

import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoreLifecycle;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/** Whether a patch could be accepted now, found out by writing. */
@Singleton
class StoreHealth {
    private static final Logger LOG = Logger.getLogger(StoreHealth.class);

    private final StoreLifecycle lifecycle;
    private final PatchStore store;

    StoreHealth(StoreLifecycle lifecycle, PatchStore store) {
        this.lifecycle = lifecycle;
        this.store = store;
    }

    boolean isOpen() {
        return lifecycle.isOpen();
    }

    boolean isWritable() {
        return obstacle().isEmpty();
    }

    /** Why no patch could be accepted now. */
    Optional<String> obstacle() {
        if (!isOpen()) {
            return Optional.of("the store is being opened");
        }
        try {
            store.checkWritable();
            return store.shortage();
        } catch (JdbiException e) {
            LOG.errorf("store not writable reason=%s", e.getMessage());
            return Optional.of("the store cannot be written: " + e.getMessage());
        }
    }

    /** How many patches wait to be delivered; -1 if that cannot be told. */
    int depth() {
        try {
            return isOpen() ? store.outbox().depth() : -1;
        } catch (JdbiException e) {
            return -1;
        }
    }
}
