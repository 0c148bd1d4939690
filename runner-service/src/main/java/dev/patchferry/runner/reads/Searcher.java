package dev.patchferry.runner.reads;

import dev.patchferry.contract.SearchResult;
import dev.patchferry.contract.SearchResult.Match;
import dev.patchferry.contract.SearchResult.Skipped;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.redaction.Redactor;
import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.ReadableFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one page of a search. What is found is found in what may be shown: nobody finds a secret by guessing. Used once. */
final class Searcher {
    /** Of a match, in JSON. */
    private static final int OTHER_FIELDS = 60;

    private final SearchQuery query;
    private final LinePattern pattern;
    private final PathFilter filter;
    private final ReadCursor from;
    private final Redactor redactor;
    private final ReadBudget budget;
    private final List<Match> matches = new ArrayList<>();

    private ReadCursor last;
    private int characters;
    private int files;
    private long bytes;
    private int binary;
    private int large;
    private int unreadable;
    private boolean full;

    Searcher(SearchQuery query, Redactor redactor, ReadBudget budget) throws ReadRefused {
        this.query = query;
        this.redactor = redactor;
        this.budget = budget;
        this.pattern = LinePattern.of(query);
        this.filter = query.glob() == null ? PathFilter.ALL : PathFilter.of(query.glob());
        this.from = query.after() == null ? ReadCursor.BEGINNING : ReadCursor.of(query.after());
        this.last = from;
    }

    SearchResult search(WorkspaceName workspace, ReadableFolder root, String path) throws IOException {
        TreeWalk walk = new TreeWalk(budget, HiddenFiles.in(root), query.ignored(), ReadBounds.MAX_DEPTH, this::take);
        boolean complete = walk.run(root, path, from);
        unreadable += walk.unreadable();
        Optional<String> reason = complete
                ? Optional.empty()
                : Optional.of(
                        full
                                ? "There are more; send `next` as `after`, or search for something rarer."
                                : "The time for one answer was up; send `next` as `after`, or name a folder or `glob`.");
        return new SearchResult(
                workspace,
                matches,
                files,
                bytes,
                new Skipped(binary, large, unreadable),
                complete,
                reason,
                complete ? Optional.empty() : Optional.of(last.text()));
    }

    private boolean take(FoundEntry found) throws IOException {
        boolean goesOn = true;
        if (found.isFile() && filter.matches(PathText.lossy(found.path()), /* isFolder= */ false)) {
            goesOn = searchIn(found);
        }
        if (goesOn) {
            last = new ReadCursor(found.path(), 0);
        }
        return goesOn;
    }

    private boolean searchIn(FoundEntry found) throws IOException {
        if (found.entry().size() > ReadBounds.MAX_SEARCHED_FILE) {
            large++;
            return true;
        }
        byte[] content;
        try {
            content = found.folder().read(found.name(), ReadBounds.MAX_SEARCHED_FILE);
        } catch (FileSystemException e) {
            unreadable++;
            return true;
        }
        if (Utf8.isBinary(content, content.length)) {
            binary++;
            return true;
        }
        files++;
        bytes += content.length;
        if (pattern.isSurelyNotIn(content)) {
            return true;
        }
        int first = found.path().equals(from.path()) ? Math.max(0, from.line() - 1) : 0;
        return collect(found.path(), content, first);
    }

    private boolean collect(String path, byte[] content, int first) {
        SearchedFile raw = new SearchedFile(content.clone());
        Optional<SearchedFile> shown = Optional.empty();
        int line = first;
        while (line < raw.lines()) {
            if (budget.isSpent()) {
                last = new ReadCursor(path, line + 1);
                return false;
            }
            int sliceEnd = raw.sliceEnd(line);
            int at = raw.find(pattern, line, sliceEnd);
            if (at >= 0) {
                shown = shown.or(() -> Optional.of(shown(content)));
                at = shown.get().find(pattern, line, sliceEnd);
            }
            if (at >= 0 && isFull()) {
                last = new ReadCursor(path, line + 1);
                full = true;
                return false;
            }
            if (at >= 0) {
                add(shown.get().match(PathText.shown(path), at, query.context()));
            }
            line = (at < 0 ? sliceEnd : at) + 1;
        }
        return true;
    }

    private SearchedFile shown(byte[] content) {
        redactor.bytes(content, content.length, /* complete= */ true);
        return new SearchedFile(content);
    }

    private boolean isFull() {
        return matches.size() >= query.limit() || characters > ReadBounds.MAX_CHARACTERS;
    }

    private void add(Match match) {
        matches.add(match);
        characters += OTHER_FIELDS + JsonSize.of(match.path()) + JsonSize.of(match.text());
        match.before().forEach(text -> characters += 1 + JsonSize.of(text));
        match.after().forEach(text -> characters += 1 + JsonSize.of(text));
    }
}
