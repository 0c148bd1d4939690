package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * POSIX access control lists, which say more about who may do what than the mode shows: of a file or folder itself, and of
 * a folder for whatever is made in it later. A patch changes none of them, and what it makes has none but those that the
 * workspace's own folders hand down.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/acl.5.html">acl(5)</a>
 */
public final class AccessLists {
    private static final String OWN = "system.posix_acl_access";
    private static final String FOR_CONTENT = "system.posix_acl_default";
    private static final List<String> BOTH = List.of(OWN, FOR_CONTENT);

    /** As in {@code linux/posix_acl_xattr.h}: a version, then tag, permissions and number of each entry. */
    private static final int HEADER = 4;

    private static final int LENGTH = 8;
    private static final int USER = 0x02;
    private static final int GROUP_OBJECT = 0x04;
    private static final int GROUP = 0x08;
    private static final int MASK = 0x10;
    private static final int GROUP_BITS = 070;

    private AccessLists() {}

    /** Gives an upper file or folder what the lower one has, as far as the upper file system has such lists. */
    public static void copy(EntryHandle lower, EntryHandle upper) throws IOException {
        for (String name : lower.attributes()) {
            if (BOTH.contains(name)) {
                Optional<byte[]> value = lower.attribute(name);
                if (value.isPresent()) {
                    upper.setAttribute(name, value.get());
                }
            }
        }
    }

    /** What a folder hands down to whatever is made in it; empty if nothing. */
    public static Optional<byte[]> handedDown(EntryHandle folder) throws IOException {
        return folder.attributes().contains(FOR_CONTENT) ? folder.attribute(FOR_CONTENT) : Optional.empty();
    }

    /** Whether a folder that stays would have other lists after the patch. */
    public static boolean differ(EntryHandle upper, EntryHandle lower) throws IOException {
        for (String name : BOTH) {
            if (!Arrays.equals(value(upper, name), value(lower, name))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Puts back what the file that is replaced has.
     *
     * @return whether the new one had something else
     */
    public static boolean putBack(EntryHandle upper, EntryHandle lower) throws IOException {
        byte[] before = value(lower, OWN);
        if (Arrays.equals(value(upper, OWN), before)) {
            return false;
        }
        if (before.length == 0) {
            remove(upper);
        } else {
            upper.setAttribute(OWN, before);
        }
        return true;
    }

    /**
     * Takes off what a new file or folder does not have from the folder that it is in.
     *
     * @param handedDown by that folder
     * @return whether there was something
     */
    public static boolean takeOff(EntryHandle fresh, Optional<byte[]> handedDown) throws IOException {
        List<String> attributes = fresh.attributes();
        boolean taken = false;
        if (attributes.contains(FOR_CONTENT)
                && !Arrays.equals(value(fresh, FOR_CONTENT), handedDown.orElse(new byte[0]))) {
            fresh.removeAttribute(FOR_CONTENT);
            taken = true;
        }
        if (attributes.contains(OWN)
                && (handedDown.isEmpty() || !named(value(fresh, OWN)).equals(named(handedDown.get())))) {
            remove(fresh);
            taken = true;
        }
        return taken;
    }

    /** Without a list, the bits of the group are those of the group again, and not the most that anybody in it may do. */
    private static void remove(EntryHandle entry) throws IOException {
        ByteBuffer list = buffer(value(entry, OWN));
        int group = 07;
        for (int at = HEADER; at + LENGTH <= list.limit(); at += LENGTH) {
            int tag = list.getShort(at);
            if (tag == GROUP_OBJECT || tag == MASK) {
                group &= list.getShort(at + Short.BYTES);
            }
        }
        entry.removeAttribute(OWN);
        int mode = entry.now().mode();
        entry.setMode((mode & ~GROUP_BITS) | ((group << 3) & GROUP_BITS & mode));
    }

    /** The entries for single users and groups; the others follow the mode. */
    private static Set<Long> named(byte[] value) {
        Set<Long> named = new HashSet<>();
        ByteBuffer list = buffer(value);
        for (int at = HEADER; at + LENGTH <= list.limit(); at += LENGTH) {
            int tag = list.getShort(at);
            if (tag == USER || tag == GROUP) {
                named.add(list.getLong(at));
            }
        }
        return named;
    }

    private static byte[] value(EntryHandle entry, String name) throws IOException {
        return entry.attribute(name).orElse(new byte[0]);
    }

    private static ByteBuffer buffer(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    }
}
