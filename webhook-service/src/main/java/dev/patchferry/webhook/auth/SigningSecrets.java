package dev.patchferry.webhook.auth;

import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.foundation.settings.StartOrder;
import dev.patchferry.foundation.token.SecretText;
import dev.patchferry.webhook.signature.Headers;
import dev.patchferry.webhook.signature.Reading;
import dev.patchferry.webhook.signature.Signatures;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The secrets of senders that sign, as they are at this moment: those in files are read anew when their folder changes. A
 * file that means nothing keeps the service from starting, and is passed over while it runs.
 */
@Startup(StartOrder.SETTINGS)
@Singleton
final class SigningSecrets {
    private static final Logger LOG = Logger.getLogger(SigningSecrets.class);

    private final AuthConfig config;
    private final Clock clock;
    private final Event<AuthEvent> events;
    private final List<FolderWatch> watches;
    private volatile Current current;

    SigningSecrets(AuthConfig config, Clock clock, Event<AuthEvent> events) {
        this.config = config;
        this.clock = clock;
        this.events = events;
        this.current = SettingException.unlessWrong(this::read);
        this.watches = Stream.of(
                        fileBehind(config.webhookSecret(), config.webhookSecretFile()),
                        fileBehind(config.githubSecret(), config.githubSecretFile()))
                .flatMap(Optional::stream)
                .map(file -> Objects.requireNonNull(file.toAbsolutePath().getParent()))
                .distinct()
                .map(folder -> FolderWatch.start(folder, this::reload))
                .toList();
        // Once more, for what changed in between.
        reload();
    }

    /** What is given outright stays as it is. */
    private static Optional<Path> fileBehind(Optional<String> given, Optional<Path> file) {
        return given.isPresent() ? Optional.empty() : file;
    }

    /** The texts, and what is made of them. */
    private record Current(String webhook, String github, Signatures signatures) {
        Set<String> changedFrom(Current before) {
            Stream<String> webhooks = webhook.equals(before.webhook) ? Stream.empty() : Stream.of("webhook");
            Stream<String> githubs = github.equals(before.github) ? Stream.empty() : Stream.of("github");
            return Set.copyOf(Stream.concat(webhooks, githubs).toList());
        }
    }

    private Current read() {
        String webhook = SecretText.of(config.webhookSecret(), config.webhookSecretFile(), "webhook")
                .orElse("");
        String github = SecretText.of(config.githubSecret(), config.githubSecretFile(), "GitHub")
                .orElse("");
        return new Current(webhook, github, new Signatures(webhook, github, clock));
    }

    /** Takes the files as they are now, if they mean something; else everything stays as it was. */
    private synchronized void reload() {
        try {
            Current now = read();
            Set<String> changed = now.changedFrom(current);
            if (!changed.isEmpty()) {
                current = now;
                LOG.infof("signing secrets changed of=%s", changed);
                events.fire(new AuthEvent.SecretsChanged(changed));
            }
        } catch (UncheckedIOException | IllegalArgumentException e) {
            LOG.errorf("signing secrets not taken over, those from before stay reason=%s", e.getMessage());
        }
    }

    /** What the headers of a request claim. */
    Reading read(Headers headers) {
        return current.signatures().read(headers);
    }

    /** The secrets themselves, each on its own. */
    Stream<String> texts() {
        Current now = current;
        return Stream.concat(
                        Stream.of(now.webhook().split("[\\s,]+")),
                        now.github().lines().map(String::strip))
                .filter(secret -> !secret.isEmpty());
    }

    void stop(@Observes ShutdownEvent stop) {
        watches.forEach(FolderWatch::close);
    }
}
