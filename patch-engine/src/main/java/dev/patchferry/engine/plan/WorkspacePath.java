package dev.patchferry.engine.plan;

import java.util.List;
import java.util.Optional;

/**
 * A path inside a workspace: relative, {@code /}-separated, at most 4,096 bytes of UTF-8. No segment is empty, {@code .},
 * {@code ..}, longer than 255 bytes or a spelling of {@code .git} that some file system takes for it; there is no
 * backslash, drive letter, control character or line break anywhere.
 *
 * <p>That says nothing about links: whoever opens the path must follow none.
 *
 * @param value the path
 */
public record WorkspacePath(String value) {
    public WorkspacePath {
        PathRules.firstBrokenBy(value).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
    }

    /**
     * Reads a path as a sender wrote it: {@code ./} in front is dropped, an absolute path that lies in the workspace
     * becomes relative to it.
     *
     * @param workspaceRoot the absolute path of the workspace's directory, as commands in it see it
     */
    public static PathReading of(String raw, String workspaceRoot) {
        String root = workspaceRoot.endsWith("/") ? workspaceRoot : workspaceRoot + "/";
        if (raw.startsWith("/") && !raw.startsWith(root)) {
            return new PathReading.Invalid(
                    "an absolute path must lie in the workspace " + workspaceRoot + "; send a path relative to it");
        }
        String relative = withoutLeadingDots(raw.startsWith("/") ? raw.substring(root.length()) : raw);
        Optional<String> broken = PathRules.firstBrokenBy(relative);
        return broken.isPresent()
                ? new PathReading.Invalid(broken.get())
                : new PathReading.Valid(new WorkspacePath(relative));
    }

    /** The last segment: what the file itself is called. */
    public String name() {
        return segments().getLast();
    }

    /** The folders on the way to it, from the workspace's directory down; empty for a file right in it. */
    public List<String> parents() {
        List<String> segments = segments();
        return segments.subList(0, segments.size() - 1);
    }

    @Override
    public String toString() {
        return value;
    }

    private List<String> segments() {
        return List.of(value.split("/"));
    }

    private static String withoutLeadingDots(String path) {
        String rest = path;
        while (rest.startsWith("./")) {
            rest = rest.substring(2);
        }
        return rest;
    }
}
