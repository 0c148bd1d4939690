package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What commands see as {@code /etc/passwd}: the machine's, but that the command's user lives in its private HOME. Java,
 * OpenSSH and others look there and not at the variable. Safe for use by several threads.
 */
final class PasswordFiles {
    static final Path SEEN_AS = Path.of("/etc/passwd");

    private static final int UID = 2;
    private static final int FOLDER = 5;
    private static final int FIELDS = 7;

    private final Path folder;
    private final String home;
    private final Map<Owner, Path> made = new ConcurrentHashMap<>();

    /**
     * @param folder where they are kept as long as the runner runs
     * @param home as commands see it
     */
    PasswordFiles(Path folder, String home) {
        this.folder = folder;
        this.home = home;
    }

    /** The one for a user. The machine's is looked at once; who comes to it later is missed until a restart. */
    Path of(Owner user) {
        return made.computeIfAbsent(user, this::make);
    }

    private Path make(Owner user) {
        try {
            return Files.write(
                    folder.resolve("passwd-" + user.uid() + "-" + user.gid()),
                    lines(user),
                    StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("the password file for commands cannot be written", e);
        }
    }

    private List<String> lines(Owner user) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean named = false;
        for (String line : Files.readAllLines(SEEN_AS, StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split(":", -1);
            if (fields.length == FIELDS && fields[UID].equals(String.valueOf(user.uid()))) {
                fields[FOLDER] = home;
                named = true;
            }
            lines.add(String.join(":", fields));
        }
        if (!named) {
            lines.add("patch:x:%d:%d:Patch Ferry:%s:/bin/sh".formatted(user.uid(), user.gid(), home));
        }
        return lines;
    }
}
