package dev.patchferry.runner.execution;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.workspace.fs.PathText;
import java.util.List;

/** What a change set says of files, as a receipt says it: paths for people. */
final class ShownFiles {
    private ShownFiles() {}

    static List<ChangedFile> of(List<ChangedFile> files) {
        return files.stream().map(ShownFiles::of).toList();
    }

    private static ChangedFile of(ChangedFile file) {
        return new ChangedFile(
                PathText.shown(file.path()), file.change(), file.beforeSha256(), file.afterSha256(), file.mode());
    }
}
