package dev.patchferry.webhook.auth;

import dev.patchferry.foundation.redaction.RedactingLogFilter;
import dev.patchferry.foundation.redaction.Redactor;
import dev.patchferry.foundation.token.SecretText;
import dev.patchferry.foundation.token.TokenFile;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps the service's own secrets out of its log, also those that somebody chose and that no shape gives away. */
@Startup
@Singleton
final class OwnSecrets {
    OwnSecrets(AuthConfig config) {
        List<String> secrets = Stream.of(
                        Optional.of(TokenFile.secret(
                                config.submitToken(), config.submitTokenFile(), config.home(), "submit")),
                        Optional.of(TokenFile.secret(
                                config.operatorToken(), config.operatorTokenFile(), config.home(), "operator")),
                        SecretText.of(config.webhookSecret(), config.webhookSecretFile(), "webhook"),
                        SecretText.of(config.githubSecret(), config.githubSecretFile(), "GitHub"))
                .flatMap(Optional::stream)
                .flatMap(text -> Stream.of(text.split("\\s+")))
                .filter(secret -> secret.length() >= Redactor.SHORTEST)
                .toList();
        RedactingLogFilter.use(Redactor.of(List.of(), secrets)::text);
    }
}
