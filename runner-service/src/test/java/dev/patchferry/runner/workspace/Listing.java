package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A folder in words: one line for each entry, with permissions and content. */
public final class Listing {
    private Listing() {}

    /** For example {@code rw-r--r-- src/a.txt "hello"}. */
    public static List<String> of(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        list(root, "", lines);
        Collections.sort(lines);
        return lines;
    }

    private static void list(Path folder, String prefix, List<String> lines) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String path = prefix + entry.getFileName();
                String mode =
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(entry, LinkOption.NOFOLLOW_LINKS));
                if (Files.isSymbolicLink(entry)) {
                    lines.add(path + " -> " + Files.readSymbolicLink(entry));
                } else if (Files.isDirectory(entry)) {
                    lines.add(mode + " " + path + "/");
                    if (Files.isReadable(entry)) {
                        list(entry, path + "/", lines);
                    }
                } else if (Files.isRegularFile(entry) && Files.isReadable(entry)) {
                    lines.add(mode + " " + path + " \""
                            + new String(Files.readAllBytes(entry), StandardCharsets.ISO_8859_1) + "\"");
                } else {
                    lines.add(mode + " " + path + " (not readable)");
                }
            }
        }
    }
}
