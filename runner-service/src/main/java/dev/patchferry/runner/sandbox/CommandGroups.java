package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.GroupMapping;
import java.util.List;

/**
 * What groups a command has beside its own.
 *
 * @param supplementary those that root gives it: the owner's, as far as files of the workspace are theirs
 * @param mapped those that the user namespace of an unprivileged runner's command has to know
 */
record CommandGroups(List<Integer> supplementary, GroupMapping mapped) {
    static final CommandGroups NONE = new CommandGroups(List.of(), new GroupMapping.None());

    CommandGroups {
        supplementary = List.copyOf(supplementary);
    }

    /** For setpriv(1). */
    String supplementaryOption() {
        return supplementary.isEmpty()
                ? "--clear-groups"
                : "--groups="
                        + String.join(
                                ",", supplementary.stream().map(String::valueOf).toList());
    }

    /** For unshare(1). */
    List<String> options() {
        return switch (mapped) {
            case GroupMapping.Range(int first, int count) -> List.of("--map-groups", first + "," + first + "," + count);
            case GroupMapping.None() -> List.of();
            // Such a workspace is not usable; one that became so since is refused by the kernel, file by file.
            case GroupMapping.Impossible(String _) -> List.of();
        };
    }
}
