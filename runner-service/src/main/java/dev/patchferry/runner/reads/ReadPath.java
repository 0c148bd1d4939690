package dev.patchferry.runner.reads;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A path that a reader sent: relative to the workspace, or absolute within it. */
final class ReadPath {
    private static final int LONGEST = 4_096;

    private ReadPath() {}

    /**
     * The same in its shortest form; empty for the workspace itself.
     *
     * @throws ReadRefused if it leads out of the workspace or is no path
     */
    static String of(String sent, Path root) throws ReadRefused {
        if (sent.length() > LONGEST || sent.indexOf('\0') >= 0) {
            throw ReadRefused.badRequest("`path` is a path of at most " + LONGEST + " characters.");
        }
        String path = sent;
        if (sent.startsWith("/")) {
            String top = root + "/";
            if (!(sent + "/").startsWith(top)) {
                throw ReadRefused.badRequest("`" + sent + "` is outside of the workspace. Give a path relative to it.");
            }
            path = (sent + "/").substring(top.length());
        }
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                throw ReadRefused.badRequest("`" + sent + "` has `..` in it. Give a path without.");
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }
}
