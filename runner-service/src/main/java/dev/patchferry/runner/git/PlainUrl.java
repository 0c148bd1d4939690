package dev.patchferry.runner.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * An address of a repository with which git does nothing but fetch and push: over HTTP(S), SSH or git's own protocol, or a
 * folder of the workspace. No helper ({@code ext::}), no option in disguise, nothing that a credential helper reads as
 * two lines.
 *
 * @see <a href="https://git-scm.com/docs/git-clone#_git_urls">git-clone(1), git URLs</a>
 */
final class PlainUrl {
    private static final int MAX_LENGTH = 2_000;
    private static final String USER = "[A-Za-z0-9_][A-Za-z0-9._~%+-]*";
    private static final String HOST = "([A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+])";
    private static final Pattern NETWORK = Pattern.compile("(https?|ssh|git)://(" + USER
            + "(:[A-Za-z0-9._~%!$&+=,-]*)?@)?" + HOST + "(:[0-9]{1,5})?(/[\\x21-\\x7e]*)?");
    private static final Pattern SSH = Pattern.compile("(" + USER + "@)?" + HOST + ":(?![-:])[\\x21-\\x7e]+");
    private static final Pattern ENCODED_CONTROL = Pattern.compile("%(0|1|7[fF])");
    private static final Pattern FOLDER = Pattern.compile("(?!-)[^:\\p{Cntrl}]+");
    private static final String FILE = "file://";

    private PlainUrl() {}

    /**
     * Whether this is one.
     *
     * @param workspace its root, links resolved
     * @param from the folder from which git takes relative paths
     */
    static boolean isOne(String url, Path workspace, Path from) {
        if (url.length() > MAX_LENGTH || ENCODED_CONTROL.matcher(url).find()) {
            return false;
        }
        if (url.startsWith(FILE + "/")) {
            return isFolder(url.substring(FILE.length()), workspace, from);
        }
        return url.contains("://")
                ? NETWORK.matcher(url).matches()
                : SSH.matcher(url).matches() || isFolder(url, workspace, from);
    }

    /** What the repository there may run is guarded as everything in the workspace is. */
    private static boolean isFolder(String path, Path workspace, Path from) {
        if (!FOLDER.matcher(path).matches()) {
            return false;
        }
        try {
            Path folder = from.resolve(path).normalize();
            return folder.startsWith(workspace) && isReachedInside(folder, workspace);
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }

    /** Whether no link on the way, as far as there is one, leads out. */
    private static boolean isReachedInside(Path folder, Path workspace) throws IOException {
        for (Path there = folder; there != null && !there.equals(workspace); there = there.getParent()) {
            if (Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                return there.toRealPath().startsWith(workspace.toRealPath());
            }
        }
        return true;
    }
}
