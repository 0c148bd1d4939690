package dev.patchferry.foundation.files;

import dev.patchferry.foundation.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Refuses secrets in files that commands can read. A whole folder can be hidden from them; a single file cannot, since what
 * hides it is gone when the file is replaced.
 *
 * @param home {@code FERRY_HOME}, which commands never see, whatever folder it lies in
 * @param shown further folders that commands see, beside the system's
 */
public record SecretFiles(Path home, List<Path> shown) {
    /** The system's folders that every command sees, if they are there; {@code docs/security-model.md}. */
    public static final List<Path> SYSTEM = Stream.of(
                    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/etc")
            .map(Path::of)
            .toList();

    /** The settings of either service that name a file with a secret. */
    private static final List<String> SETTINGS = List.of(
            "ferry.submit-token-file",
            "ferry.operator-token-file",
            "ferry.runner-token-file",
            "ferry.webhook-secret-file",
            "ferry.github-secret-file");

    public SecretFiles {
        shown = List.copyOf(shown);
    }

    /**
     * Checks every setting of either service that names such a file: those of both are often given to both.
     *
     * @throws SettingException if commands can read one
     */
    public void requireAll(Config config) throws IOException {
        for (String setting : SETTINGS) {
            Optional<Path> file = config.getOptionalValue(setting, Path.class);
            if (file.isPresent()) {
                require(setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), file.get());
            }
        }
    }

    /**
     * Makes sure that a file that holds a secret is none that commands see, once links are resolved.
     *
     * @param setting the setting that names the file, for the message
     * @param file exists, or not yet
     * @throws SettingException if commands can read it; says what to do
     */
    public void require(String setting, Path file) throws IOException {
        Path real = resolved(file);
        Path hidden = resolved(home);
        for (Path folder : Stream.concat(SYSTEM.stream(), shown.stream()).toList()) {
            Path open = resolved(folder);
            if (real.startsWith(open) && (!real.startsWith(hidden) || open.startsWith(hidden))) {
                throw new SettingException(setting + " names " + file
                        + (real.equals(file) ? "" : " (" + real + ")")
                        + ", which patches can read, as everything below "
                        + folder + ". Move the file to a folder that no patch sees, for example "
                        + home.resolve("secrets")
                        + ", with mode 0600, and set " + setting + " to that.");
            }
        }
    }

    /** As far as the path exists; what does not exist is no link. */
    private static Path resolved(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path existing = absolute;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    }
}
