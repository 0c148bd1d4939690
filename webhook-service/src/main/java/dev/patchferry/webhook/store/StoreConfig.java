package dev.patchferry.webhook.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the store is and how it works. */
@ConfigMapping(prefix = "ferry")
interface StoreConfig {
    /** The directory of all state; the store is {@code webhook/ferry.db} below it. */
    @WithDefault(".ferry")
    Path home();

    Store store();

    /** {@code ferry.store.*}. */
    interface Store {
        /** How many patches share one commit at most; 1 switches group commit off. */
        @WithDefault("256")
        int largestBatch();
    }
}
