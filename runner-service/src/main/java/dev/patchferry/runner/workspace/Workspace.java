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
 */
public record Workspace(WorkspaceName name, Path root, Path home, Optional<PatchFormat> defaultFormat) {
    public Workspace {
        if (!root.isAbsolute() || !home.isAbsolute()) {
            throw new IllegalArgumentException("a workspace is an absolute path");
        }
    }
}
