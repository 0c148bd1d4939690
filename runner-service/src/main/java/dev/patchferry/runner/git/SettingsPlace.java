package dev.patchferry.runner.git;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a configuration file lies that a patch changed or made.
 *
 * @param workspace its root, links resolved
 * @param top the folder with the repository's files: relative addresses begin there
 * @param submodule whether it is a submodule's, where {@code core.worktree} comes and goes with the files
 * @param worktree what {@code core.worktree} may say, if it may say anything
 */
public record SettingsPlace(Path workspace, Path top, boolean submodule, Optional<String> worktree) {}
