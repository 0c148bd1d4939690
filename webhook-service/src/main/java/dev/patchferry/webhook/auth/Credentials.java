package dev.patchferry.webhook.auth;

import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.foundation.settings.StartOrder;
import dev.patchferry.foundation.token.HeaderFile;
import dev.patchferry.foundation.token.TokenFile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The principals and their tokens, as they are at this moment. Made at the start, so that the token files are there when
 * the service is ready; a file of principals that means nothing keeps the service from starting, and is passed over while
 * it runs.
 */
@Startup(StartOrder.SETTINGS)
@Singleton
final class Credentials {
    private static final Logger LOG = Logger.getLogger(Credentials.class);

    private final PrincipalFile file;
    private final Map<Principal, String> always;
    private final Clock clock;
    private final Event<AuthEvent> events;
    private final FolderWatch watch;
    private volatile TokenIndex tokenIndex;

    Credentials(AuthConfig config, Clock clock, Event<AuthEvent> events) {
        this.file = PrincipalFile.of(config.principalsFile(), config.home());
        this.always = Map.of(
                Principal.unlimited("submit", Roles.SUBMIT),
                SettingException.unlessWrong(
                        () -> secret(config.submitToken(), config.submitTokenFile(), config.home(), "submit")),
                Principal.unlimited("operator", Roles.OPERATE),
                SettingException.unlessWrong(
                        () -> secret(config.operatorToken(), config.operatorTokenFile(), config.home(), "operator")));
        this.clock = clock;
        this.events = events;
        file.prepare();
        this.tokenIndex = SettingException.unlessWrong(this::read);
        this.watch = FolderWatch.start(file.folder(), this::reload);
        // Once more, for what changed in between.
        reload();
    }

    /** One that is kept in {@code FERRY_HOME} lies there as a header, too, for clients that read it from a file. */
    private static String secret(Optional<String> given, Optional<Path> provided, Path home, String name) {
        String secret = TokenFile.secret(given, provided, home, name);
        if (given.isEmpty() && provided.isEmpty()) {
            try {
                HeaderFile.write(home, name, secret);
            } catch (IOException e) {
                LOG.warnf("tokens/%s.header could not be written: %s", name, e.getMessage());
            }
        }
        return secret;
    }

    private TokenIndex read() throws IOException {
        return TokenIndex.of(always, file.read());
    }

    /** Takes the file as it is now, if it means something; else everything stays as it was. */
    private synchronized void reload() {
        try {
            PrincipalList now = file.read();
            PrincipalList before = tokenIndex.file();
            if (!now.equals(before)) {
                tokenIndex = TokenIndex.of(always, now);
                announce(before, now);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf("principals not taken over, those from before stay reason=%s", e.getMessage());
        }
    }

    private void announce(PrincipalList before, PrincipalList now) {
        Set<String> added = names(now.principals().stream()
                .filter(entry ->
                        !entry.isRevoked() && usable(before, entry.name()).isEmpty())
                .toList());
        Set<String> revoked = names(before.principals().stream()
                .filter(entry -> !entry.isRevoked() && usable(now, entry.name()).isEmpty())
                .toList());
        Set<String> changed = names(now.principals().stream()
                .filter(entry -> !entry.isRevoked()
                        && usable(before, entry.name())
                                .filter(old -> !old.equals(entry))
                                .isPresent())
                .toList());
        LOG.infof("principals changed added=%s revoked=%s changed=%s", added, revoked, changed);
        events.fire(new AuthEvent.PrincipalsChanged(added, revoked, changed));
    }

    private static Optional<PrincipalEntry> usable(PrincipalList list, String name) {
        return list.named(name).filter(entry -> !entry.isRevoked());
    }

    private static Set<String> names(List<PrincipalEntry> entries) {
        return entries.stream().map(PrincipalEntry::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Whose token this is; empty if it is nobody's, or not any more. */
    Optional<SecurityIdentity> holder(String token) {
        return tokenIndex.holder(token, clock);
    }

    void stop(@Observes ShutdownEvent stop) {
        watch.close();
    }
}
