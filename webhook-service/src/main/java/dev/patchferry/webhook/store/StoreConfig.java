package dev.patchferry.webhook.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the store is. */
@ConfigMapping(prefix = "ferry")
interface StoreConfig {
    /** The directory of all state; the store is {@code webhook/ferry.db} below it. */
    @WithDefault(".ferry")
    Path home();
}
