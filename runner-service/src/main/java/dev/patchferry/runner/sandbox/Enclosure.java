package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.Owner;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that confines a command, save the command: two that are equal can be used for one another.
 *
 * @param owner whose the workspace is
 * @param root where the command finds the workspace
 * @param hostNetwork whether it shares the machine's network
 * @param options of bubblewrap
 * @param shown which files and folders beyond the system's those show
 */
record Enclosure(Owner owner, Path root, boolean hostNetwork, List<String> options, List<Object> shown) {
    Enclosure {
        options = List.copyOf(options);
        shown = List.copyOf(shown);
    }
}
