package dev.patchferry.webhook.runner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the runner is and what it wants to see. */
@ConfigMapping(prefix = "ferry")
interface RunnerClientConfig {
    /** The directory of all state; the shared runner token is {@code tokens/runner} below it unless given. */
    @WithDefault(".ferry")
    Path home();

    Runner runner();

    /** {@code ferry.runner.*}. */
    interface Runner {
        @WithDefault("http://127.0.0.1:${ferry.runner.port:5053}")
        URI url();

        /** How long the whole of an answer may take; those of streams, their heads. */
        @WithDefault("10s")
        Duration answerWithin();

        Optional<String> token();

        Optional<Path> tokenFile();
    }
}
