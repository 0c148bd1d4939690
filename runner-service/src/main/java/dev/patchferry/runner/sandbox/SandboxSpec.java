package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.fs.Owner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that confines a command, save the command: two that are equal can be used for one another.
 *
 * @param owner whose the workspace is
 * @param groups what groups beside the owner's own it has
 * @param root where the command finds the workspace
 * @param hostNetwork whether it shares the machine's network
 * @param options of bubblewrap
 * @param shown which files and folders beyond the system's those show
 * @param limits what of the machine it may use up
 * @param filter the program that decides which system calls the command may make; empty where there is none
 */
record SandboxSpec(
        Owner owner,
        CommandGroups groups,
        Path root,
        boolean hostNetwork,
        List<String> options,
        List<Object> shown,
        Limits limits,
        Optional<Path> filter) {
    SandboxSpec {
        options = List.copyOf(options);
        shown = List.copyOf(shown);
    }
}
