package dev.patchferry.runner.workspace.fs;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom the files of a workspace belong to, and so whom files that a patch makes there will belong to.
 *
 * @param uid numeric user
 * @param gid numeric group
 */
public record Owner(int uid, int gid) {
    /** The group of nobody's files, on every distribution. */
    public static final int NO_GROUP = 65_534;

    private static final Owner PROCESS = process();
    private static final Set<Integer> GROUPS = groups();

    /** The owner of this file. */
    public static Owner of(Path path) throws IOException {
        return new Owner((Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS), (Integer)
                Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS));
    }

    /** The user this process runs as. */
    public static Owner ofThisProcess() {
        return PROCESS;
    }

    private static Owner process() {
        UnixSystem process = new UnixSystem();
        return new Owner((int) process.getUid(), (int) process.getGid());
    }

    private static Set<Integer> groups() {
        long[] groups = new UnixSystem().getGroups();
        return groups == null
                ? Set.of()
                : Arrays.stream(groups).mapToObj(group -> (int) group).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether this process can give something of another owner to this one: root anything, anybody else a group of theirs. */
    boolean isToBeGiven(Owner before) {
        if (before.equals(this)) {
            return false;
        }
        return PROCESS.isRoot()
                || (before.uid == PROCESS.uid && uid == PROCESS.uid && (gid == PROCESS.gid || GROUPS.contains(gid)));
    }

    /**
     * The same user in the group that the kernel gave something new, the creator's or that of the folder it is in; never in
     * root's or nobody's.
     */
    public Owner inGroupOf(Owner made) {
        return new Owner(uid, made.gid == NO_GROUP || made.gid == 0 ? gid : made.gid);
    }

    public boolean isRoot() {
        return uid == 0;
    }

    /** Gives a file to this owner where it is somebody else's. Only root can; anybody else's files are their own. */
    public void claim(Path path) throws IOException {
        if (ofThisProcess().isRoot() && !of(path).equals(this)) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
