package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.RawName;
import dev.patchferry.runner.workspace.fs.TemporaryPermissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The SHA-256 of what a commit will bring in: every change with its path, and below each path that comes from the upper
 * layer the names, kinds, permissions, contents and link targets. What was approved is compared with what is committed by
 * this; it is read from the files themselves, by descriptors.
 */
public final class ChangeFingerprint {
    private static final String VERSION = "patch-ferry change set 1";

    private final MessageDigest digest;
    private final BooleanSupplier stop;

    private ChangeFingerprint(BooleanSupplier stop) {
        this.stop = stop;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads everything.
     *
     * @param stop asked between two files; once it says so, the result means nothing
     */
    public static String of(List<Change> changes, Path upperRoot, BooleanSupplier stop) throws IOException {
        ChangeFingerprint print = new ChangeFingerprint(stop);
        print.field(VERSION);
        try (DirectoryHandle upper = DirectoryHandle.root(upperRoot)) {
            for (Change change : changes) {
                print.add(change, upper);
            }
        }
        return HexFormat.of().formatHex(print.digest.digest());
    }

    private void add(Change change, DirectoryHandle upper) throws IOException {
        switch (change) {
            case Change.Remove(String path) -> fields("remove", path);
            case Change.SetMode(String path, int mode, int before) ->
                fields("mode", path, String.valueOf(mode), String.valueOf(before));
            case Change.Create(String path) -> {
                fields("create", path);
                add(LayerNode.at(upper, PathText.path(path)));
            }
            case Change.Replace(String path, long _) -> {
                fields("replace", path);
                add(LayerNode.at(upper, PathText.path(path)));
            }
        }
    }

    private void add(LayerNode node) throws IOException {
        if (stop.getAsBoolean()) {
            return;
        }
        FileStat kind = node.kind();
        fields(kind.type().name(), String.valueOf(kind.mode()));
        switch (kind.type()) {
            case FILE -> field(LayerContent.hash(node).orElseGet(() -> unread(kind)));
            case SYMLINK -> field(LayerContent.target(node));
            case DIRECTORY -> folder(node);
            case ABSENT, WHITEOUT, SPECIAL -> {}
        }
    }

    /** Whoever changes a file that the runner may not read changes its time, too. */
    private static String unread(FileStat kind) {
        return "unread " + kind.inode() + " " + kind.size() + " " + kind.changed();
    }

    private void folder(LayerNode node) throws IOException {
        try (DirectoryHandle folder = node.openFolder();
                TemporaryPermissions _ = TemporaryPermissions.of(folder)) {
            folder.requireReachable();
            List<Path> children = node.children(folder);
            field(String.valueOf(children.size()));
            for (Path child : children) {
                field(RawName.of(child.getFileName()));
                add(LayerNode.at(node.root(), child));
            }
        }
    }

    private void fields(String... texts) {
        for (String text : texts) {
            field(text);
        }
    }

    private void field(String text) {
        field(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With its length, so that no two lists of fields are the same bytes. */
    private void field(byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
