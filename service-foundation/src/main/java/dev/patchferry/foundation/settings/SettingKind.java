package dev.patchferry.foundation.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a setting takes. */
enum SettingKind {
    /** Anything; looked at where it is used. */
    TEXT(value -> Optional.empty()),
    /** What is too long to be guessed; its value is never shown. */
    SECRET(value -> value.strip().length() < Limits.SHORTEST_SECRET
            ? Optional.of("is shorter than " + Limits.SHORTEST_SECRET
                    + " characters; `openssl rand -hex 24` makes one that is not")
            : Optional.empty()),
    /** A folder that is there or can be made. */
    FOLDER(value -> {
        Path path = Path.of(value).toAbsolutePath().normalize();
        return firstExisting(path)
                .filter(file -> !Files.isDirectory(file))
                .map(file -> file.equals(path)
                        ? "is a file; name a folder"
                        : "lies below " + file + ", which is a file; name a folder");
    }),
    /** A folder that patches may change. */
    WORKSPACE(value -> {
        Path path = real(Path.of(value).toAbsolutePath().normalize());
        if (path.getParent() == null || Kernel.owns(path)) {
            return Optional.of(
                    "belongs to the system as a whole; a workspace is a folder of its own, such as /srv/site");
        }
        return FOLDER.fault(value);
    }),
    /** A file that is there and can be read. */
    FILE(value -> {
        Path path = Path.of(value);
        if (!Files.exists(path)) {
            return Optional.of("does not exist" + (path.isAbsolute() ? "" : " (" + path.toAbsolutePath() + ")")
                    + "; name a file that does");
        }
        if (Files.isDirectory(path)) {
            return Optional.of("is a folder; name a file");
        }
        return Files.isReadable(path)
                ? Optional.empty()
                : Optional.of("cannot be read by the user " + System.getProperty("user.name"));
    }),
    /** A file that need not be there. */
    NEW_FILE(value -> Files.isDirectory(Path.of(value)) ? Optional.of("is a folder; name a file") : Optional.empty()),
    DURATION(value -> parsed(
            value, DurationConverter::parseDuration, "is no length of time; write it as 500ms, 10s, 5m, 24h or 30d")),
    SIZE(value -> parsed(value, new MemorySizeConverter()::convert, "is no size; write it as 512K, 256M or 2G")),
    COUNT(value -> parsed(
            value,
            text -> Pattern.matches("[1-9][0-9]*", text) ? Integer.valueOf(text) : null,
            "is no number from 1 to " + Integer.MAX_VALUE)),
    NUMBER(value -> parsed(value, Double::valueOf, "is no number; write it as 0.2")),
    PORT(value -> parsed(
            value,
            text -> Pattern.matches("[1-9][0-9]{0,4}", text) && Integer.parseInt(text) <= Limits.HIGHEST_PORT
                    ? text
                    : null,
            "is no port; a port is a number from 1 to " + Limits.HIGHEST_PORT)),
    HOST(value -> Pattern.matches("[A-Za-z0-9._:][A-Za-z0-9._:%-]*", value)
            ? Optional.empty()
            : Optional.of("is no address of this machine; write it without port and brackets: 127.0.0.1, ::1")),
    URL(value -> isHttp(value)
            ? Optional.empty()
            : Optional.of("is no address of a service; write it as http://127.0.0.1:5053"));

    private static final class Limits {
        static final int HIGHEST_PORT = 65_535;
        static final int SHORTEST_SECRET = 16;
    }

    /** Folders that the kernel fills. */
    private static final class Kernel {
        private static final List<Path> FOLDERS = List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

        static boolean owns(Path path) {
            return FOLDERS.stream().anyMatch(path::startsWith) && !path.startsWith("/dev/shm/");
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Function<String, Optional<String>> check;

    SettingKind(Function<String, Optional<String>> check) {
        this.check = check;
    }

    /** What is wrong with a value, to follow its name; empty if nothing is. */
    Optional<String> fault(String value) {
        try {
            return check.apply(value);
        } catch (InvalidPathException e) {
            return Optional.of("is no path: " + e.getReason());
        }
    }

    /** The kind of this name in {@code settings.txt}. */
    static SettingKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Optional<String> parsed(String value, Function<String, ?> parser, String otherwise) {
        try {
            return parser.apply(value) == null ? Optional.of(otherwise) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(otherwise);
        }
    }

    private static boolean isHttp(String value) {
        try {
            URI uri = new URI(value);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<Path> firstExisting(Path path) {
        Path existing = path;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return Optional.ofNullable(existing);
    }

    /** Where a path leads, as far as it exists. */
    private static Path real(Path path) {
        return SettingException.unlessWrong(() -> {
            Path existing = firstExisting(path).orElse(path);
            return existing.toRealPath().resolve(existing.relativize(path)).normalize();
        });
    }
}
