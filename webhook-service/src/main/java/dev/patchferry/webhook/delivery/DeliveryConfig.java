package dev.patchferry.webhook.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How patient delivery is. */
@ConfigMapping(prefix = "ferry.delivery")
interface DeliveryConfig {
    /** The pauses after the first, second, … failed attempt; the last one repeats. */
    @WithDefault("1s,2s,5s,10s,30s,60s,120s,300s")
    List<Duration> backoff();

    /** How far a pause may be off, either way, as a fraction of it. */
    @WithDefault("0.2")
    double jitter();

    /** An attempt that fails later than this after acceptance is the last. */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** No attempt is ever planned further ahead; one that is found there means that the clock jumped. */
    @WithDefault("360s")
    Duration furthest();

    /** How long a lane rests when it may not, or cannot, try. */
    @WithDefault("5s")
    Duration rest();
}
