package dev.patchferry.runner.sandbox;

import dev.patchferry.foundation.files.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which folders of this machine every command sees, and which of what lies below them none does.
 *
 * @param folders programs and their settings; what is a symbolic link stays one
 * @param state the runner's own, links resolved: hidden wherever it lies below a folder that is shown
 * @param workspaces their folders, links resolved: hidden likewise, but from their own commands
 */
record SystemView(List<ShownFolder> folders, Path state, List<Path> workspaces) {
    static final Path ETC = Path.of("/etc");

    SystemView {
        folders = List.copyOf(folders);
        workspaces = List.copyOf(workspaces);
    }

    /** Of this machine as it is. */
    static SystemView ofThisMachine(Path state, List<Path> workspaces) {
        return new SystemView(SecretFiles.SYSTEM.stream().map(ShownFolder::new).toList(), state, workspaces);
    }

    /** All that is hidden from commands, those folders first that may hold others. */
    List<Path> apart() {
        return Stream.concat(Stream.of(state), workspaces.stream())
                .sorted(Comparator.comparingInt(Path::getNameCount))
                .toList();
    }

    /** Those that are folders and not links. */
    List<ShownFolder> bound() {
        return folders.stream()
                .filter(folder -> !Files.isSymbolicLink(folder.source()) && Files.isDirectory(folder.source()))
                .toList();
    }

    /** Where the machine's settings are that commands see as {@code /etc}. */
    Path etc() {
        return folders.stream()
                .filter(folder -> folder.seenAs().equals(ETC))
                .map(ShownFolder::source)
                .findFirst()
                .orElse(ETC);
    }

    /** The options of bubblewrap that make the links, as they are on this machine; each mount that need not be saves time. */
    List<String> links() throws IOException {
        List<String> line = new ArrayList<>();
        for (ShownFolder folder : folders) {
            if (Files.isSymbolicLink(folder.source())) {
                line.addAll(List.of(
                        "--symlink",
                        Files.readSymbolicLink(folder.source()).toString(),
                        folder.seenAs().toString()));
            }
        }
        return line;
    }
}
