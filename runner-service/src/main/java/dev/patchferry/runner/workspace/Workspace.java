package dev.patchferry.runner.workspace;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.contract.WorkspaceName;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory that patches may change, and what is known of it before any patch runs.
 *
 * @param name what senders call it
 * @param root its absolute path, links resolved; commands see it under the same path
 * @param home the private directory that commands find as HOME, kept between patches for caches
 * @param defaultFormat how a text is read that nothing else says anything about
 * @param surroundings what commands get beyond it
 */
public record Workspace(
        WorkspaceName name, Path root, Path home, Optional<PatchFormat> defaultFormat, Surroundings surroundings) {
    public Workspace {
        if (!root.isAbsolute() || !home.isAbsolute()) {
            throw new IllegalArgumentException("a workspace is an absolute path");
        }
    }

    /** One whose commands get nothing else. */
    public Workspace(WorkspaceName name, Path root, Path home, Optional<PatchFormat> defaultFormat) {
        this(name, root, home, defaultFormat, Surroundings.NONE);
    }
}
