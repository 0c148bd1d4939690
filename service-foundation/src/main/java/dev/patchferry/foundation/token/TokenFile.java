package dev.patchferry.foundation.token;

import dev.patchferry.foundation.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;

/** Where a service finds a secret: given outright, in a file somebody provides, or in a file made on first start. */
public final class TokenFile {
    private TokenFile() {}

    /**
     * The secret text for one role.
     *
     * @param given the secret itself, if configured
     * @param provided a file that must hold it (a compose or Kubernetes secret), if configured
     * @param home {@code FERRY_HOME}; {@code tokens/NAME} below it is created with mode 0600 when nothing else is given
     * @param name {@code submit}, {@code operator} or {@code runner}
     * @throws UncheckedIOException if a provided file cannot be read or the token cannot be created
     * @throws SettingException if the secret is too short to be one
     */
    public static String secret(Optional<String> given, Optional<Path> provided, Path home, String name) {
        try {
            String secret;
            if (given.isPresent()) {
                secret = given.get().strip();
            } else if (provided.isPresent()) {
                secret = Files.readString(provided.get()).strip();
            } else {
                secret = readOrCreate(home.resolve("tokens").resolve(name));
            }
            if (secret.length() < Token.SHORTEST) {
                String variable = "FERRY_" + name.toUpperCase(Locale.ROOT) + "_TOKEN";
                throw new SettingException((given.isPresent()
                                ? variable
                                : provided.map(file -> variable + "_FILE: what " + file + " holds")
                                        .orElse("the token in "
                                                + home.resolve("tokens").resolve(name)))
                        + " is shorter than " + Token.SHORTEST
                        + " characters; `openssl rand -hex 24` makes one that is not");
            }
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException("no " + name + " token: " + SettingException.describe(e), e));
        }
    }

    /** Two services that start at once agree: the file appears whole, under its name, or not at all. */
    private static String readOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            Path directory = file.getParent();
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path fresh = Files.createTempFile(
                    directory,
                    ".new",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(fresh, Token.random() + "\n");
                Files.createLink(file, fresh);
            } catch (FileAlreadyExistsException e) {
                return Files.readString(file).strip();
            } finally {
                Files.delete(fresh);
            }
        }
        return Files.readString(file).strip();
    }
}
