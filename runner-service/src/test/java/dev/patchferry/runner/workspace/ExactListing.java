package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder with everything that an undo has to bring back: also times, owners and extended attributes. */
public final class ExactListing {
    private ExactListing() {}

    /** One line for each entry, and for the folder itself. */
    public static List<String> of(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> entries = Files.walk(root)) {
            for (Path entry : (Iterable<Path>) entries.sorted()::iterator) {
                lines.add(root.relativize(entry) + " " + attributes(entry) + " " + content(entry));
            }
        }
        return lines;
    }

    private static String attributes(Path entry) throws IOException {
        return Files.readAttributes(entry, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS)
                + extended(entry);
    }

    private static String extended(Path entry) throws IOException {
        if (Files.isSymbolicLink(entry)) {
            return "";
        }
        UserDefinedFileAttributeView view = Files.getFileAttributeView(entry, UserDefinedFileAttributeView.class);
        StringBuilder all = new StringBuilder();
        for (String name : view.list().stream().sorted().toList()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            all.append(' ').append(name).append('=').append(StandardCharsets.UTF_8.decode(value.flip()));
        }
        return all.toString();
    }

    private static String content(Path entry) throws IOException {
        if (Files.isSymbolicLink(entry)) {
            return "-> " + Files.readSymbolicLink(entry);
        }
        return Files.isRegularFile(entry) && Files.isReadable(entry)
                ? new String(Files.readAllBytes(entry), StandardCharsets.ISO_8859_1)
                : "";
    }
}
