package dev.patchferry.runner.reads;

import dev.patchferry.contract.FileListing;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.ReadableFolder;
import dev.patchferry.runner.workspace.fs.ReadableFolder.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes one page of a list. Used once. */
final class Lister {
    /** Of an entry, in JSON. */
    private static final int OTHER_FIELDS = 80;

    private final FilesQuery query;
    private final PathFilter filter;
    private final List<FileListing.Entry> entries = new ArrayList<>();
    private String last = "";
    private int characters;
    private boolean full;

    Lister(FilesQuery query) throws ReadRefused {
        this.query = query;
        this.filter = query.glob() == null ? PathFilter.ALL : PathFilter.of(query.glob());
    }

    FileListing list(WorkspaceName workspace, ReadableFolder root, String folder, ReadBudget budget)
            throws IOException, ReadRefused {
        ReadCursor from = query.after() == null ? ReadCursor.BEGINNING : ReadCursor.of(query.after());
        TreeWalk walk = new TreeWalk(budget, HiddenFiles.in(root), query.ignored(), query.depth(), this::take);
        boolean complete = walk.run(root, folder, from);
        Optional<String> reason = complete
                ? closed(walk.unreadable())
                : Optional.of(
                        full
                                ? "There are more; send `next` as `after`."
                                : "The time for one answer was up; send `next` as `after`.");
        Optional<String> next =
                complete || last.isEmpty() ? Optional.empty() : Optional.of(new ReadCursor(last, 0).text());
        return new FileListing(workspace, PathText.shown(folder), entries, complete, reason, next);
    }

    private static Optional<String> closed(int folders) {
        return folders == 0 ? Optional.empty() : Optional.of(folders + " folders cannot be read by the runner.");
    }

    private boolean take(FoundEntry found) throws IOException {
        if (entries.size() >= query.limit() || characters > ReadBounds.MAX_CHARACTERS) {
            full = true;
            return false;
        }
        last = found.path();
        if (filter.matches(PathText.lossy(found.path()), found.isFolder())) {
            FileListing.Entry entry = shown(found);
            entries.add(entry);
            characters += OTHER_FIELDS
                    + JsonSize.of(entry.path())
                    + entry.target().map(JsonSize::of).orElse(0);
        }
        return true;
    }

    private static FileListing.Entry shown(FoundEntry found) throws IOException {
        return new FileListing.Entry(
                PathText.shown(found.path()),
                found.entry().kind().name().toLowerCase(Locale.ROOT),
                found.isFile() ? Optional.of(found.entry().size()) : Optional.empty(),
                found.isFile() && found.entry().executable() ? Optional.of(true) : Optional.empty(),
                target(found));
    }

    private static Optional<String> target(FoundEntry found) throws IOException {
        if (found.entry().kind() != Kind.LINK) {
            return Optional.empty();
        }
        try {
            return Optional.of(PathText.shown(found.folder().linkTarget(found.name())));
        } catch (NoSuchFileException e) {
            // Gone since it was listed.
            return Optional.empty();
        }
    }
}
