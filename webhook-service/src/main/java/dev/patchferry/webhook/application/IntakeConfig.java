package dev.patchferry.webhook.application;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is taken in at once. */
@ConfigMapping(prefix = "ferry.intake")
interface IntakeConfig {
    /** How many bytes of documents may be in memory between their first byte and their commit. */
    @WithDefault("32M")
    MemorySize memory();
}
