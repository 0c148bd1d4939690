package dev.patchferry.engine.policy;

import java.util.List;

/**
 * The paths that a patch changed, relative to the workspace.
 *
 * @param everything whether it may have changed any other path as well, in a way that is not seen
 */
public record Touched(List<Entry> entries, boolean everything) {
    public static final Touched NOTHING = new Touched(List.of());

    public Touched {
        entries = List.copyOf(entries);
    }

    /** Paths, and nothing else. */
    public Touched(List<Entry> entries) {
        this(entries, /* everything= */ false);
    }

    /**
     * One path.
     *
     * @param isLink whether it now leads somewhere else, so that what lies below it is not seen here
     * @param isGitExecuted whether the configuration of the owner's git names it
     */
    public record Entry(String path, boolean isLink, boolean isGitExecuted) {
        /** One that git's configuration does not name. */
        public Entry(String path, boolean isLink) {
            this(path, isLink, /* isGitExecuted= */ false);
        }

        public Entry {
            path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }
    }
}
