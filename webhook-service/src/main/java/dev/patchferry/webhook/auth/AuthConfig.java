package dev.patchferry.webhook.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the callers' tokens come from (the text, or a file that must exist, or a file made on first start), and how much
 * each of them may send.
 */
@ConfigMapping(prefix = "ferry")
interface AuthConfig {
    /** The directory of all state; tokens made on first start are in {@code tokens/} below it. */
    @WithDefault(".ferry")
    Path home();

    Optional<String> submitToken();

    Optional<Path> submitTokenFile();

    Optional<String> operatorToken();

    Optional<Path> operatorTokenFile();

    /** The file of principals, elsewhere than in {@code tokens/principals.json}. */
    Optional<Path> principalsFile();

    /** How many patches per minute a principal may send that has no rate of its own; or {@code off}. */
    @WithDefault("60")
    String rateLimit();

    /** Secrets of senders that sign as Standard Webhooks has it; several while they are rotated. */
    Optional<String> webhookSecret();

    Optional<Path> webhookSecretFile();

    /** Secrets that GitHub signs with, one a line. */
    Optional<String> githubSecret();

    Optional<Path> githubSecretFile();

    /** Proxies whose word on where a request comes from is taken: addresses or ranges. */
    Optional<List<String>> trustedProxies();
}
