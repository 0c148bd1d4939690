package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings an upper layer of HOME into the lower one, by renames. Not atomic: a crash leaves a part of it. Links in either are
 * never followed.
 */
final class HomeMerge {
    private static final int OWNER_ALL = 0700;

    private HomeMerge() {}

    static void everything(Path upper, Path lower) throws IOException {
        try (Layers root = new Layers(Beneath.root(upper), Beneath.root(lower))) {
            folder(root);
        }
    }

    /**
     * Only what lies below these paths.
     *
     * @param owner gets the folders that have to be made on the way there
     */
    static void only(List<String> paths, Path upper, Path lower, Owner owner) throws IOException {
        for (String path : paths) {
            try (Layers root = new Layers(Beneath.root(upper), Beneath.root(lower))) {
                below(root, List.of(path.split("/")), owner);
            }
        }
    }

    /** The same folder in both layers, held open. */
    private record Layers(Beneath upper, Beneath lower) implements AutoCloseable {
        Layers open(String name) throws IOException {
            Beneath above = upper.open(name);
            try {
                return new Layers(above, lower.open(name));
            } catch (IOException e) {
                above.close();
                throw e;
            }
        }

        @Override
        public void close() {
            upper.close();
            lower.close();
        }
    }

    private static void below(Layers here, List<String> path, Owner owner) throws IOException {
        String name = path.getFirst();
        if (!FileKind.of(here.upper().entry(name)).isDirectory()) {
            return;
        }
        if (path.size() == 1) {
            entry(here, name);
            return;
        }
        FileKind there = FileKind.of(here.lower().entry(name));
        if (there.isAbsent()) {
            owner.claim(Files.createDirectory(here.lower().entry(name)));
        } else if (!there.isDirectory()) {
            return;
        }
        try (Layers next = here.open(name)) {
            below(next, path.subList(1, path.size()), owner);
        }
    }

    private static void folder(Layers here) throws IOException {
        for (String name : names(here.upper())) {
            entry(here, name);
        }
    }

    private static void entry(Layers here, String name) throws IOException {
        Path above = here.upper().entry(name);
        Path below = here.lower().entry(name);
        FileKind fresh = FileKind.of(above);
        FileKind old = FileKind.of(below);
        switch (fresh.type()) {
            case ABSENT, SPECIAL -> {}
            case WHITEOUT -> Trees.delete(below);
            case FILE, SYMLINK -> move(above, below);
            case DIRECTORY -> {
                if (old.isDirectory() && !OverlayMarks.isOpaque(above)) {
                    merge(here, name, fresh, old);
                } else {
                    move(above, below);
                }
            }
        }
    }

    /** Some caches are read-only even for their owner. */
    private static void merge(Layers here, String name, FileKind fresh, FileKind old) throws IOException {
        try (Unlocked _ = Unlocked.of(here.upper().entry(name), fresh);
                Unlocked _ = Unlocked.of(here.lower().entry(name), old);
                Layers next = here.open(name)) {
            folder(next);
        }
        if (fresh.mode() != old.mode()) {
            Files.setAttribute(here.lower().entry(name), "unix:mode", fresh.mode());
        }
    }

    /** A folder is moved only by who may write to it: its entry {@code ..} changes. */
    private static void move(Path above, Path below) throws IOException {
        Trees.delete(below);
        FileKind kind = FileKind.of(above);
        if (kind.isDirectory()) {
            Files.setAttribute(above, "unix:mode", kind.mode() | OWNER_ALL);
            NativeFiles.moveToFreeName(above, below);
            Files.setAttribute(below, "unix:mode", kind.mode());
        } else {
            NativeFiles.moveToFreeName(above, below);
        }
    }

    private static List<String> names(Beneath folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }
}
