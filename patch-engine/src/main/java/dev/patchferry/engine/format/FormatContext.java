package dev.patchferry.engine.format;

import dev.patchferry.contract.PatchFormat;
import java.util.Optional;

/**
 * What a document does not say itself.
 *
 * @param workspaceRoot the absolute path of the workspace's directory, as commands in it see it
 * @param defaultFormat how the workspace's owner wants text read whose sender's role says nothing
 */
public record FormatContext(String workspaceRoot, Optional<PatchFormat> defaultFormat) {}
