package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What git in a command takes where neither the repository, nor HOME, nor the machine says anything: who commits, and that
 * nothing is packed in the background, which would leave lock files and processes behind.
 *
 * @see <a href="https://git-scm.com/docs/git-config#_environment">git-config, GIT_CONFIG_SYSTEM</a>
 */
final class GitDefaults {
    static final String VARIABLE = "GIT_CONFIG_SYSTEM";
    static final String SEEN_AS = "/patch-ferry/gitconfig";

    /** The machine's own settings come last, and so beat these. */
    private static final String SETTINGS = """
            [user]
            	name = Patch Ferry
            	email = patch-ferry@localhost
            [gc]
            	auto = 0
            	autoDetach = false
            [maintenance]
            	auto = false
            [include]
            	path = /etc/gitconfig
            """;

    private GitDefaults() {}

    /** Writes the file that commands see as {@link #SEEN_AS}. */
    static Path in(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("gitconfig"), SETTINGS);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
