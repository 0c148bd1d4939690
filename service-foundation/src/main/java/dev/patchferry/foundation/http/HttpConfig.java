package dev.patchferry.foundation.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a request may take to arrive. */
@ConfigMapping(prefix = "ferry.http")
interface HttpConfig {
    /** From its first byte to the end of its head. */
    @WithDefault("10s")
    Duration headTimeout();

    /** From its first byte to its last. */
    @WithDefault("60s")
    Duration requestTimeout();
}
