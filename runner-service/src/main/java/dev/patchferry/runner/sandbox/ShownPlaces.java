package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The part of bubblewrap's options that shows folders of the machine to one command, without what lies below them and is
 * none of the command's: the runner's state and other workspaces are covered by empty folders, sockets and pipes by an
 * empty device.
 */
final class ShownPlaces {
    private final Path root;
    private final SystemView view;
    private final SpecialFiles special;
    private final List<Path> sockets;
    private final List<String> options = new ArrayList<>();
    private final List<Path> covered = new ArrayList<>();
    private final List<Object> identities = new ArrayList<>();

    /**
     * @param root the command's own workspace, which is shown later
     * @param view what commands may see of the machine
     */
    ShownPlaces(Path root, SystemView view, SpecialFiles special) throws IOException {
        this.root = root;
        this.view = view;
        this.special = special;
        this.sockets = special.sockets();
    }

    /** Shows a folder of the system; if all of it is hidden, it is shown empty. */
    void system(ShownFolder folder) throws IOException {
        add("--ro-bind", folder.source().toString(), folder.seenAs().toString());
        cover(folder, true);
    }

    /** Shows a folder in which nothing has to be hidden. */
    void harmless(ShownFolder folder) {
        add("--ro-bind", folder.source().toString(), folder.seenAs().toString());
    }

    /**
     * Shows what the owner of the workspace granted, in the order of depth: what was granted by its own name is not
     * hidden. A path that is not there is left out.
     *
     * @throws FileSystemException if a path leads into the runner's state, since a link was changed after the start
     */
    void granted(List<Path> paths) throws IOException {
        for (Path path : paths.stream()
                .sorted(Comparator.comparingInt(Path::getNameCount))
                .toList()) {
            if (Files.exists(path)) {
                Path real = path.toRealPath();
                if (real.startsWith(view.state())) {
                    throw new FileSystemException(
                            path.toString(), null, "leads into the runner's state; correct `read`");
                }
                granted(real, path);
                if (Files.isDirectory(real)) {
                    cover(new ShownFolder(real, path), false);
                }
            }
        }
    }

    /** Shows a single file under its own name, if it is there. */
    void granted(Path path) {
        granted(path, path);
    }

    private void granted(Path source, Path seenAs) {
        foldersAbove(options, seenAs);
        add("--ro-bind-try", source.toString(), seenAs.toString());
    }

    /** Hands over the options since the last time. */
    List<String> taken() {
        List<String> taken = List.copyOf(options);
        options.clear();
        return taken;
    }

    /** What covers is written to while mounts are made on it; these end that. */
    List<String> closing() {
        return covered.stream()
                .flatMap(folder -> List.of("--remount-ro", folder.toString()).stream())
                .toList();
    }

    /** Which sockets and pipes are covered: a new one under the old name is not. */
    List<Object> identities() {
        return identities;
    }

    private void cover(ShownFolder folder, boolean itself) throws IOException {
        Path real = folder.source().toRealPath();
        List<Path> here = new ArrayList<>();
        for (Path hidden : view.apart()) {
            boolean lies = hidden.startsWith(real) && (itself || !hidden.equals(real)) && !hidden.equals(root);
            if (lies && Files.isDirectory(hidden) && here.stream().noneMatch(hidden::startsWith)) {
                here.add(hidden);
                Path seen = folder.seen(real, hidden);
                add("--perms", "0700", "--tmpfs", seen.toString());
                covered.add(seen);
            }
        }
        special.below(real, sockets).forEach((file, identity) -> {
            if (here.stream().noneMatch(file::startsWith) && !file.startsWith(root)) {
                add("--ro-bind", "/dev/null", folder.seen(real, file).toString());
                identities.add(identity);
            }
        });
    }

    /** Makes the folders in which a path lies. */
    static void foldersAbove(List<String> line, Path path) {
        for (int depth = 1; depth < path.getNameCount(); depth++) {
            line.addAll(List.of("--perms", "0755", "--dir", "/" + path.subpath(0, depth)));
        }
    }

    private void add(String... arguments) {
        options.addAll(List.of(arguments));
    }
}
