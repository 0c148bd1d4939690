package dev.patchferry.runner.workspace.fs;

import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

/**
 * The bits of a mode that say more than who may read, write and execute. A folder may get set-group-id, which hands its group
 * down, and sticky; both are shown in diffs and receipts. Set-id bits of files, which give whoever runs them somebody else's
 * rights, and set-user-id of a folder, which means nothing, are refused.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7), "The file type and mode"</a>
 */
public final class SpecialBits {
    public static final int SET_GROUP_ID = 02000;
    static final int SET_ID = 06000;
    private static final int SET_USER_ID = 04000;
    private static final int STICKY = 01000;
    private static final String RIGHTS = "whoever runs it would get its owner's or group's rights";

    private SpecialBits() {}

    /** Whether there is one of them. */
    public static boolean areIn(int mode) {
        return (mode & (SET_ID | STICKY)) != 0;
    }

    /** Whether what is made in a folder of this mode gets its group. */
    public static boolean handsDownGroup(int mode) {
        return (mode & SET_GROUP_ID) != 0;
    }

    /**
     * Makes sure that a file may have this mode.
     *
     * @throws FileSystemException if not
     */
    public static void requireFile(String path, int mode) throws FileSystemException {
        refuse(path, mode & SET_ID, RIGHTS);
    }

    /**
     * Makes sure that a folder may have these bits.
     *
     * @throws FileSystemException if not
     */
    public static void requireFolder(String path, int mode) throws FileSystemException {
        refuse(path + "/", mode & SET_USER_ID, "of a folder that means nothing");
    }

    /**
     * Refuses whatever of the special bits is in a mode.
     *
     * @throws FileSystemException if there is one
     */
    public static void refuse(String path, int mode, String why) throws FileSystemException {
        List<String> names = new ArrayList<>();
        List<String> letters = new ArrayList<>();
        name(mode, SET_USER_ID, names, "set-user-id", letters, "u-s");
        name(mode, SET_GROUP_ID, names, "set-group-id", letters, "g-s");
        name(mode, STICKY, names, "sticky", letters, "-t");
        if (!names.isEmpty()) {
            throw new FileSystemException(
                    path,
                    null,
                    "would be " + String.join(" and ", names) + ", which is not committed: " + why
                            + "; take that off again in the patch (chmod " + String.join(",", letters) + ")");
        }
    }

    private static void name(int mode, int bit, List<String> names, String name, List<String> letters, String letter) {
        if ((mode & bit) != 0) {
            names.add(name);
            letters.add(letter);
        }
    }
}
