package dev.patchferry.foundation.token;

import dev.patchferry.foundation.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A secret that somebody else made up: given outright or in a file, if there is one at all. */
public final class SecretText {
    private SecretText() {}

    /**
     * The text.
     *
     * @param given the secret itself, if configured
     * @param provided a file that must hold it (a compose or Kubernetes secret), if configured
     * @param name what it is, for messages
     * @throws UncheckedIOException if a provided file cannot be read
     * @throws SettingException if a provided file is empty: somebody meant to have a secret
     */
    public static Optional<String> of(Optional<String> given, Optional<Path> provided, String name) {
        if (given.isPresent() || provided.isEmpty()) {
            return given;
        }
        try {
            String text = Files.readString(provided.get()).strip();
            if (text.isEmpty()) {
                throw new SettingException("the file of the " + name + " secret is empty: " + provided.get());
            }
            return Optional.of(text);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException("no " + name + " secret: " + SettingException.describe(e), e));
        }
    }
}
