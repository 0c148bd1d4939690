package dev.patchferry.webhook.auth;

import dev.patchferry.foundation.redaction.RedactingLogFilter;
import dev.patchferry.foundation.redaction.Redactor;
import dev.patchferry.foundation.settings.StartOrder;
import dev.patchferry.foundation.token.TokenFile;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the service's own secrets out of its log, also those that somebody chose and that no shape gives away. */
@Startup(StartOrder.SETTINGS)
@Singleton
final class SecretLogRedaction {
    private final SigningSecrets signing;
    private final List<String> tokens;

    SecretLogRedaction(AuthConfig config, SigningSecrets signing) {
        this.signing = signing;
        this.tokens = List.of(
                TokenFile.secret(config.submitToken(), config.submitTokenFile(), config.home(), "submit"),
                TokenFile.secret(config.operatorToken(), config.operatorTokenFile(), config.home(), "operator"));
        cover();
    }

    void changed(@Observes AuthEvent.SecretsChanged change) {
        cover();
    }

    private void cover() {
        List<String> secrets = Stream.concat(tokens.stream(), signing.texts())
                .filter(secret -> secret.length() >= Redactor.SHORTEST)
                .toList();
        RedactingLogFilter.use(Redactor.of(List.of(), secrets)::text);
    }
}
