package dev.patchferry.webhook.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where the callers' tokens come from: the text, or a file that must exist, or a file made on first start. */
@ConfigMapping(prefix = "ferry")
interface AuthConfig {
    /** The directory of all state; tokens made on first start are in {@code tokens/} below it. */
    @WithDefault(".ferry")
    Path home();

    Optional<String> submitToken();

    Optional<Path> submitTokenFile();

    Optional<String> operatorToken();

    Optional<Path> operatorTokenFile();
}
