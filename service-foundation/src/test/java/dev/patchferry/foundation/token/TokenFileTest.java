package dev.patchferry.foundation.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir
    private Path home;

    @Test
    void createsASecretThatOnlyItsOwnerCanRead() throws Exception {
        String secret = fromHome("submit");

        Path file = home.resolve("tokens/submit");
        assertThat(file).hasContent(secret + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void findsTheSameSecretAgain() {
        assertThat(fromHome("runner")).isEqualTo(fromHome("runner")).isNotEqualTo(fromHome("operator"));
    }

    @Test
    void servicesThatStartAtOnceAgree() throws Exception {
        Set<String> secrets = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> service = () -> fromHome("runner");
            for (Future<String> secret : threads.invokeAll(Collections.nCopies(20, service))) {
                secrets.add(secret.get());
            }
        }
        assertThat(secrets).hasSize(1);
    }

    @Test
    void aProvidedFileMustExist() {
        assertThatThrownBy(
                        () -> TokenFile.secret(Optional.empty(), Optional.of(home.resolve("missing")), home, "submit"))
                .hasMessageContaining("no submit token");
        assertThat(home.resolve("tokens")).doesNotExist();
    }

    @Test
    void refusesASecretThatCouldBeGuessed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenFile.secret(Optional.of("letmein"), Optional.empty(), home, "submit"))
                .withMessageContaining("shorter than")
                .withMessageNotContaining("letmein");
    }

    @Test
    void aTokenMatchesItsSecretAlone() {
        Token token = Token.of("sixteen characters");

        assertThat(token.matches("sixteen characters")).isTrue();
        assertThat(token.matches("sixteen character")).isFalse();
        assertThat(token.matches("")).isFalse();
        assertThat(token).hasToString("Token[…]");
    }

    private String fromHome(String name) {
        return TokenFile.secret(Optional.empty(), Optional.empty(), home, name);
    }
}
