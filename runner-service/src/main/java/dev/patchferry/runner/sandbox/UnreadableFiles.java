package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files below a system folder that not everybody may read: what a command that runs as root would see although no
 * ordinary command could.
 *
 * @param files hidden behind an empty device
 * @param folders hidden behind an empty folder
 */
record UnreadableFiles(List<Path> files, List<Path> folders) {
    /** Looks once; system files whose permissions change later are not noticed before a restart. */
    static UnreadableFiles in(Path folder) throws IOException {
        UnreadableFiles found = new UnreadableFiles(new ArrayList<>(), new ArrayList<>());
        found.look(folder);
        return found;
    }

    /** Adds what hides them to a bubblewrap command line, after the folder itself is bound. */
    void hide(List<String> line) {
        folders.forEach(folder -> line.addAll(
                List.of("--perms", "0700", "--tmpfs", folder.toString(), "--remount-ro", folder.toString())));
        files.forEach(file -> line.addAll(List.of("--ro-bind", "/dev/null", file.toString())));
    }

    private void look(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isSymbolicLink(entry)) {
                    continue;
                }
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(entry, LinkOption.NOFOLLOW_LINKS);
                boolean directory = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
                if (!permissions.contains(PosixFilePermission.OTHERS_READ)) {
                    (directory ? folders : files).add(entry);
                } else if (directory) {
                    look(entry);
                }
            }
        }
    }
}
