package dev.patchferry.runner.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the owner of a folder lives. */
final class OwnersHome {
    private static final Path USERS = Path.of("/etc/passwd");
    /** See passwd(5): name, password, user, group, comment, home, shell. */
    private static final int USER = 2;

    private static final int HOME = 5;

    private OwnersHome() {}

    /** Their home as the machine's list of users has it; empty if they are not in it. */
    static Optional<Path> of(Path folder) throws IOException {
        String owner = String.valueOf(Files.getAttribute(folder, "unix:uid"));
        if (!Files.isReadable(USERS)) {
            return Optional.empty();
        }
        return Files.readAllLines(USERS, StandardCharsets.ISO_8859_1).stream()
                .map(line -> List.of(line.split(":", -1)))
                .filter(user -> user.size() > HOME && user.get(USER).equals(owner))
                .map(user -> Path.of(user.get(HOME)))
                .filter(Path::isAbsolute)
                .findFirst();
    }
}
