package dev.patchferry.runner.policy;

import java.util.List;

/** The paths that a patch changed, relative to the workspace. */
public record Touched(List<Entry> entries) {
    public static final Touched NOTHING = new Touched(List.of());

    public Touched {
        entries = List.copyOf(entries);
    }

    /**
     * One path.
     *
     * @param isLink whether it now leads somewhere else, so that what lies below it is not seen here
     */
    public record Entry(String path, boolean isLink) {
        public Entry {
            path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }
    }
}
