package dev.patchferry.webhook.outcome;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the runner's journal is followed. */
@ConfigMapping(prefix = "ferry.outcome")
interface OutcomeConfig {
    /** A stream without a byte for this long is dead: the runner sends a heartbeat every 15 s. */
    @WithDefault("45s")
    Duration silence();

    /** The pause before connecting again; it doubles each time that fails. */
    @WithDefault("250ms")
    Duration firstPause();

    /** The longest such pause. */
    @WithDefault("5s")
    Duration longestPause();
}
