package dev.patchferry.runner.workspace;

import dev.patchferry.runner.workspace.fs.NativeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Random workspaces, and random changes to them in the marks of overlayfs. */
final class RandomLayers {
    private static final List<String> NAMES = List.of(
            "a",
            "b.txt",
            "with%20space",
            "tab%09and%0Aline",
            "quote%22back%5Cslash",
            "%C3%A4%E2%80%AE",
            "not%FFtext",
            "not%FEtext",
            "%1B[31m");
    private static final int FOLDERS = 3;

    private final Random random;
    private final Set<String> did = new TreeSet<>();

    RandomLayers(Random random) {
        this.random = random;
    }

    /** What was done that a diff does not tell. */
    Set<String> did() {
        return did;
    }

    /** A few folders with a few files each. */
    void fill(Path root) throws IOException {
        for (int i = 0; i < FOLDERS; i++) {
            Path folder = Files.createDirectories(root.resolve("d" + i));
            for (int files = random.nextInt(5); files >= 0; files--) {
                put(child(folder, text(random)));
            }
        }
        put(root.resolve("top.txt"));
        put(root.resolve("other file"));
    }

    /** What a patch might have done to it. */
    void change(Path lower, Path upper) throws IOException {
        for (int i = 0; i < FOLDERS; i++) {
            String name = "d" + i;
            switch (random.nextInt(6)) {
                case 0 -> NativeFiles.makeWhiteout(upper.resolve(name));
                case 1 -> put(upper.resolve(name));
                case 2 -> rebuild(lower.resolve(name), upper.resolve(name));
                case 3 -> {}
                default -> changeEntries(lower.resolve(name), Files.createDirectory(upper.resolve(name)));
            }
        }
        changeEntry(lower.resolve("top.txt"), upper.resolve("top.txt"));
        if (random.nextBoolean()) {
            newTree(upper.resolve("new"));
        }
        if (random.nextBoolean()) {
            Files.copy(lower.resolve("other file"), upper.resolve("renamed"), LinkOption.NOFOLLOW_LINKS);
            NativeFiles.makeWhiteout(upper.resolve("other file"));
        }
    }

    private void changeEntries(Path lower, Path upper) throws IOException {
        try (var entries = Files.newDirectoryStream(lower)) {
            for (Path entry : entries) {
                changeEntry(entry, upper.resolve(entry.getFileName()));
            }
        }
        String name = text(random);
        if (!Files.exists(child(lower, name), LinkOption.NOFOLLOW_LINKS)) {
            put(child(upper, name));
        }
    }

    private void changeEntry(Path lower, Path upper) throws IOException {
        switch (random.nextInt(7)) {
            case 0 -> NativeFiles.makeWhiteout(upper);
            case 1 -> put(upper);
            case 2 -> newTree(upper);
            case 5 -> renamed(lower, upper);
            case 3 -> edited(lower, upper);
            case 4 -> {
                Files.copy(lower, upper, LinkOption.NOFOLLOW_LINKS);
                mode(upper);
            }
            default -> {}
        }
    }

    private void renamed(Path lower, Path upper) throws IOException {
        Path fresh = child(upper.getParent(), "renamed%FE" + random.nextInt(100));
        if (!Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(lower, fresh, LinkOption.NOFOLLOW_LINKS);
            NativeFiles.makeWhiteout(upper);
            did.add("renamed");
        }
    }

    /** {@code rm -rf dist && build}: much of it is the same again. */
    private void rebuild(Path lower, Path upper) throws IOException {
        did.add("rebuilt");
        Files.createDirectory(upper);
        Files.getFileAttributeView(upper, UserDefinedFileAttributeView.class)
                .write("overlay.opaque", StandardCharsets.UTF_8.encode("y"));
        try (var entries = Files.newDirectoryStream(lower)) {
            for (Path entry : entries) {
                Path fresh = upper.resolve(entry.getFileName());
                switch (random.nextInt(4)) {
                    case 0 -> {}
                    case 1 -> put(fresh);
                    default -> Files.copy(entry, fresh, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    private void newTree(Path folder) throws IOException {
        Files.createDirectory(folder);
        for (int files = random.nextInt(4); files >= 0; files--) {
            put(child(folder, NAMES.get(random.nextInt(NAMES.size()))));
        }
        if (random.nextInt(3) == 0) {
            Path below = child(folder, "sub%FF" + random.nextInt(3));
            Files.createDirectory(below);
            put(child(below, "x"));
        }
    }

    private static String text(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    /** By its bytes, which a text could not say. */
    private static Path child(Path folder, String escaped) {
        return Path.of(URI.create(
                folder.toUri() + (folder.toUri().toString().endsWith("/") ? "" : "/") + escaped.replace("[", "%5B")));
    }

    private void put(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (random.nextInt(8) == 0) {
            // Git itself cannot replace a link that leads to itself.
            Path target = child(Path.of("/nowhere"), "to-" + text(random));
            Files.createSymbolicLink(path, random.nextBoolean() ? target : target.getFileName());
            return;
        }
        Files.write(path, content());
        mode(path);
    }

    private void mode(Path path) throws IOException {
        if (!Files.isSymbolicLink(path) && random.nextInt(3) == 0) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x--x"));
        }
    }

    private byte[] content() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int kind = random.nextInt(12);
        if (kind == 0) {
            return new byte[0];
        }
        if (kind == 1) {
            byte[] binary = new byte[random.nextInt(3_000)];
            random.nextBytes(binary);
            return binary;
        }
        int lines = random.nextInt(40) == 0 ? 20_000 : random.nextInt(60);
        for (int i = 0; i < lines; i++) {
            line(out, kind);
        }
        if (kind == 2) {
            out.writeBytes("no line feed at the end".getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private void line(ByteArrayOutputStream out, int kind) {
        out.writeBytes(("line " + random.nextInt(9)).getBytes(StandardCharsets.UTF_8));
        if (kind == 3) {
            out.write(0xFF);
        }
        if (kind == 4) {
            out.write('\r');
        }
        out.write('\n');
    }

    private void edited(Path lower, Path upper) throws IOException {
        if (Files.isSymbolicLink(lower)) {
            return;
        }
        byte[] before = Files.readAllBytes(lower);
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        int at = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i] == '\n' || i == before.length - 1) {
                int what = random.nextInt(20);
                if (what == 0) {
                    line(after, 0);
                }
                if (what != 1) {
                    after.write(before, at, i + 1 - at);
                }
                at = i + 1;
            }
        }
        Files.write(upper, after.toByteArray());
    }
}
