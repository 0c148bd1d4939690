package dev.patchferry.runner.workspace;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Whom the files of a workspace belong to, and so whom files that a patch makes there will belong to.
 *
 * @param uid numeric user
 * @param gid numeric group
 */
public record Owner(int uid, int gid) {
    private static final Owner PROCESS = process();

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
