package dev.patchferry.webhook.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

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

        /** How long the results of a patch are kept after its end; its id, state and history are kept for ever. */
        @WithDefault("30d")
        Duration keep();

        /** With less than this left on the disk, nothing new is accepted. */
        @WithDefault("256M")
        MemorySize diskFloor();
    }
}
