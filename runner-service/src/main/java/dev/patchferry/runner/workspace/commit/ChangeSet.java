package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a patch did to its workspace, read from the upper layer.
 *
 * @param changes how to bring it into the workspace, in order
 * @param files the same as a person sees it: every file and link that is created, modified or deleted
 * @param originalGone those created paths whose content began as a copy of a file or folder of the workspace that is not
 *     there: the patch moved it, or somebody else removed it; a folder's path ends with a slash
 * @param dropped what will not be committed, one phrase each: sockets, pipes, devices, set-id bits, access control lists
 * @param base what the change is for: the workspace's folders and files that it touches
 * @param swapped a folder that somebody else exchanged for another one after the patch had begun to change it
 */
public record ChangeSet(
        List<Change> changes,
        List<ChangedFile> files,
        Set<String> originalGone,
        List<String> dropped,
        Identities base,
        Optional<String> swapped) {
    public ChangeSet {
        changes = List.copyOf(changes);
        files = List.copyOf(files);
        originalGone = Set.copyOf(originalGone);
        dropped = List.copyOf(dropped);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
