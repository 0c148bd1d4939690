package dev.patchferry.webhook.health;

import dev.patchferry.foundation.files.DiskFull;
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
        Condition condition = condition();
        return condition.obstacle().isEmpty() && condition.shortage().isEmpty();
    }

    /**
     * What keeps patches from being accepted now.
     *
     * @param obstacle the store cannot be used
     * @param shortage its disk is full, or nearly: what is in it can be read, and nothing new is accepted
     */
    record Condition(Optional<String> obstacle, Optional<String> shortage) {}

    Condition condition() {
        if (!isOpen()) {
            return new Condition(Optional.of("the store is being opened"), Optional.empty());
        }
        try {
            store.checkWritable();
            return new Condition(Optional.empty(), store.shortage());
        } catch (JdbiException e) {
            LOG.errorf("store not writable reason=%s", e.getMessage());
            Optional<String> reason = Optional.of("the store cannot be written: " + e.getMessage());
            return DiskFull.isCauseOf(e)
                    ? new Condition(Optional.empty(), reason)
                    : new Condition(reason, Optional.empty());
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
