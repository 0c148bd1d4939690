package dev.patchferry.webhook.health;

import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoreLifecycle;
import jakarta.inject.Singleton;
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
        if (!isOpen()) {
            return false;
        }
        try {
            store.checkWritable();
            return true;
        } catch (JdbiException e) {
            LOG.errorf("store not writable reason=%s", e.getMessage());
            return false;
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
