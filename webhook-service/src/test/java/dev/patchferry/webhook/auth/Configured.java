package dev.patchferry.webhook.auth;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of a service whose tokens are given and whose signing secrets are in files. */
record Configured(
        Path home, Optional<String> submitToken, Optional<Path> webhookSecretFile, Optional<Path> githubSecretFile)
        implements AuthConfig {
    @Override
    public Optional<Path> submitTokenFile() {
        return Optional.empty();
    }

    @Override
    public Optional<String> operatorToken() {
        return Optional.of("operator-of-a-test");
    }

    @Override
    public Optional<Path> operatorTokenFile() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> principalsFile() {
        return Optional.empty();
    }

    @Override
    public String rateLimit() {
        return "off";
    }

    @Override
    public Optional<String> webhookSecret() {
        return Optional.empty();
    }

    @Override
    public Optional<String> githubSecret() {
        return Optional.empty();
    }

    @Override
    public Optional<List<String>> trustedProxies() {
        return Optional.empty();
    }
}
