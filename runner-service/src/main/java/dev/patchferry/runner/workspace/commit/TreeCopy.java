package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.TemporaryPermissions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * Copies a file or a whole folder to another file system as it is: content, permissions, owner, times and extended
 * attributes; links as links, pipes as pipes. Only that two names were one file is lost.
 */
final class TreeCopy {
    private static final List<String> COPIED = List.of("user.", "system.posix_acl_");

    private TreeCopy() {}

    /**
     * Copies.
     *
     * @param to is free; the folder that it is in exists
     */
    static void of(EntryLocation from, EntryLocation to) throws IOException {
        copy(from.parent(), from.name(), to.parent(), to.name());
    }

    private static void copy(DirectoryHandle from, EntryName name, DirectoryHandle to, EntryName newName)
            throws IOException {
        try (EntryHandle original = from.entry(name)) {
            switch (original.kind().type()) {
                case DIRECTORY -> {
                    try (DirectoryHandle copy = to.makeFolder(newName)) {
                        content(original.asDirectory(), copy);
                        describe(original, copy);
                    }
                }
                case FILE -> {
                    try (EntryHandle copy = to.makeFile(newName)) {
                        content(original, copy);
                        describe(original, copy);
                    }
                }
                case SYMLINK -> {
                    to.makeLink(newName, original.linkTarget());
                    try (EntryHandle copy = to.entry(newName)) {
                        copy.claim(original.kind().owner());
                        copy.setModified(original.kind().modified());
                    }
                }
                case SPECIAL, WHITEOUT -> {
                    to.makeNode(newName, original.kind().node());
                    try (EntryHandle copy = to.entry(newName)) {
                        copy.claim(original.kind().owner());
                        copy.setMode(original.kind().mode());
                        copy.setModified(original.kind().modified());
                    }
                }
                case ABSENT -> throw new NoSuchFileException(original.path());
            }
        }
    }

    private static void content(DirectoryHandle from, DirectoryHandle to) throws IOException {
        from.requireReachable();
        try (TemporaryPermissions _ = TemporaryPermissions.ofOriginal(from)) {
            for (EntryName name : from.list()) {
                copy(from, name, to, name);
            }
        }
    }

    private static void content(EntryHandle from, EntryHandle to) throws IOException {
        try (TemporaryPermissions _ = TemporaryPermissions.ofOriginal(from);
                InputStream in = from.read();
                OutputStream out = DirectoryHandle.writeTo(to)) {
            in.transferTo(out);
        }
    }

    /** Its time last: filling it has changed that. The owner before the mode: giving a file away takes set-id bits off. */
    private static void describe(EntryHandle from, EntryHandle to) throws IOException {
        try (TemporaryPermissions _ = TemporaryPermissions.ofOriginal(from)) {
            for (String name : from.attributes()) {
                if (COPIED.stream().anyMatch(name::startsWith)) {
                    to.setAttribute(name, from.attribute(name).orElse(new byte[0]));
                }
            }
        }
        to.claim(from.kind().owner());
        to.setMode(from.kind().mode());
        to.setModified(from.kind().modified());
    }
}
