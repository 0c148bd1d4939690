package dev.patchferry.runner.workspace.fs;

import java.io.IOException;

/**
 * A file or folder while its owner may read and change it, whatever its permissions say: a patch may well leave a file
 * that nobody can read. Closed, the same inode has the permissions it had, wherever it is by then.
 */
public final class TemporaryPermissions implements AutoCloseable {
    private static final int FILE_ACCESS = 0600;
    private static final int FOLDER_ACCESS = 0700;
    private static final int LOOK_ACCESS = 0500;

    private final EntryHandle entry;
    private final int before;
    private final int during;
    private final int kept;

    private TemporaryPermissions(EntryHandle entry, int needed, int kept) throws IOException {
        this.entry = entry;
        this.kept = kept;
        this.before = entry.now().mode();
        this.during = (before | needed) & kept;
        if (isChange()) {
            entry.setMode(during);
        }
    }

    private static int access(EntryHandle entry) {
        return entry.kind().isDirectory() ? FOLDER_ACCESS : FILE_ACCESS;
    }

    /** A set-id bit of a file is not given back. */
    private static int kept(EntryHandle entry) {
        return entry.kind().isFile() ? FileStat.PERMISSION_BITS & ~SpecialBits.SET_ID : FileStat.PERMISSION_BITS;
    }

    private boolean isChange() {
        return during != (before & kept);
    }

    /** Of a file or folder that a patch made: a file gets no set-id bit back. */
    public static TemporaryPermissions of(EntryHandle entry) throws IOException {
        return new TemporaryPermissions(entry, access(entry), kept(entry));
    }

    /** Of a file or folder of the workspace: all that it had. */
    public static TemporaryPermissions ofOriginal(EntryHandle entry) throws IOException {
        return new TemporaryPermissions(entry, access(entry), FileStat.PERMISSION_BITS);
    }

    /** Of a folder that a command may use meanwhile: only to read it, and what the command makes of it stays. */
    static TemporaryPermissions toLookInto(EntryHandle folder) throws IOException {
        return new TemporaryPermissions(folder, LOOK_ACCESS, kept(folder));
    }

    @Override
    public void close() throws IOException {
        if (isChange() && entry.now().mode() == during) {
            entry.setMode(before & kept);
        }
    }
}
