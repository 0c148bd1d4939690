package dev.patchferry.webhook.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchferry.foundation.redaction.RedactingLogFilter;
import dev.patchferry.foundation.redaction.Redactor;
import dev.patchferry.webhook.signature.Reading;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing secrets in files, changed while the service runs; and the service's own secrets in its log. */
class SigningSecretsTest {
    private static final String OLD = "the old secret of github";
    private static final String NEW = "the-new-secret-of-github";
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final Heard heard = new Heard();
    private Path file;
    private Configured config;
    private SigningSecrets secrets;

    @BeforeEach
    void setUp() throws IOException {
        file = Files.writeString(folder.resolve("github"), OLD + "\n");
        config = new Configured(folder, Optional.of("submit-of-a-test"), Optional.empty(), Optional.of(file));
        secrets = new SigningSecrets(config, Clock.systemUTC(), heard);
    }

    @AfterEach
    void tearDown() {
        secrets.stop(new ShutdownEvent());
        RedactingLogFilter.use(Redactor.SHAPES::text);
    }

    @Test
    void bothAreGoodWhileBothAreThereAndTheOldOneIsNotOnceItIsGone() throws IOException {
        assertThat(isProvedWith(OLD)).isTrue();
        assertThat(isProvedWith(NEW)).isFalse();

        replace(NEW + "\n" + OLD + "\n");
        await().until(() -> isProvedWith(NEW));
        assertThat(isProvedWith(OLD)).isTrue();

        replace(NEW + "\n");
        await().until(() -> !isProvedWith(OLD));
        assertThat(isProvedWith(NEW)).isTrue();
        assertThat(heard.events())
                .containsExactly(
                        new AuthEvent.SecretsChanged(Set.of("github")), new AuthEvent.SecretsChanged(Set.of("github")));
    }

    @Test
    void aFileThatMeansNothingChangesNothing() throws IOException {
        replace("short");
        replace("");
        Files.delete(file);
        replace(NEW);

        await().until(() -> isProvedWith(NEW));
        assertThat(heard.events()).containsExactly(new AuthEvent.SecretsChanged(Set.of("github")));
    }

    @Test
    void aFileThatMeansNothingKeepsTheServiceFromStarting() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad"), "whsec_no");
        Configured broken = new Configured(folder, Optional.empty(), Optional.of(bad), Optional.empty());

        assertThatThrownBy(() -> new SigningSecrets(broken, Clock.systemUTC(), heard))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FERRY_WEBHOOK_SECRET")
                .hasMessageNotContaining("whsec_no");
    }

    @Test
    void theLogHoldsNoneOfTheServicesOwnSecrets() {
        new SecretLogRedaction(config, secrets);

        assertThat(logged("submit-of-a-test, operator-of-a-test, a secret, " + OLD))
                .isEqualTo("%s, %s, a secret, %s".formatted("*".repeat(16), "*".repeat(18), "*".repeat(24)));
    }

    @Test
    void theLogHoldsNoSecretThatCameLater() throws IOException {
        SecretLogRedaction own = new SecretLogRedaction(config, secrets);
        replace(NEW);
        await().until(() -> isProvedWith(NEW));

        own.changed(new AuthEvent.SecretsChanged(Set.of("github")));

        assertThat(logged("signed with " + NEW + " by submit-of-a-test"))
                .isEqualTo("signed with ************************ by ****************");
    }

    /** Whole, under its name at once, as whoever rotates a secret does it. */
    private void replace(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean isProvedWith(String secret) {
        String signature = "sha256=" + HexFormat.of().formatHex(hmac(secret));
        Reading reading =
                secrets.read(name -> name.equalsIgnoreCase("X-Hub-Signature-256") ? List.of(signature) : List.of());
        return ((Reading.Claimed) reading).claim().isProvedBy(BODY);
    }

    private static byte[] hmac(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(BODY);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String logged(String message) {
        ExtLogRecord logged = new ExtLogRecord(Level.INFO, message, "test");
        assertThat(new RedactingLogFilter().isLoggable(logged)).isTrue();
        return new PatternFormatter("%s").format(logged);
    }
}
