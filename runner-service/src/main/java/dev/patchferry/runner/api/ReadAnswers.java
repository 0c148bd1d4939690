package dev.patchferry.runner.api;

import dev.patchferry.contract.FileListing;
import dev.patchferry.contract.FileText;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.SearchResult;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.reads.FileReads;
import dev.patchferry.runner.reads.FilesQuery;
import dev.patchferry.runner.reads.ReadRefused;
import dev.patchferry.runner.reads.SearchQuery;
import dev.patchferry.runner.redaction.Redactions;
import dev.patchferry.runner.workspace.Workspaces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads query parameters, and answers with what is read of a workspace. */
@Singleton
class ReadAnswers {
    private static final String LIMIT = "limit";
    private static final int USUAL_ENTRIES = 200;
    private static final int USUAL_MATCHES = 100;

    private final FileReads reads;

    ReadAnswers(Workspaces workspaces, Redactions redactions) {
        this.reads = new FileReads(workspaces, redactions, System::nanoTime);
    }

    FileListing files(
            String workspace,
            @Nullable String path,
            @Nullable String glob,
            @Nullable String depth,
            @Nullable String ignored,
            @Nullable String limit,
            @Nullable String after) {
        FilesQuery query = new FilesQuery(
                path == null ? "" : path,
                glob,
                number("depth", depth, 1, FileReads.MAX_DEPTH, FileReads.MAX_DEPTH),
                flag("ignored", ignored),
                number(LIMIT, limit, 1, FileReads.MAX_ENTRIES, USUAL_ENTRIES),
                after);
        return answer(() -> reads.files(name(workspace), query));
    }

    FileText file(String workspace, @Nullable String path, @Nullable String startLine, @Nullable String endLine) {
        if (path == null) {
            throw badRequest("`path` names the file to read, relative to the workspace.");
        }
        int first = number("start_line", startLine, 1, Integer.MAX_VALUE, 1);
        int last = number("end_line", endLine, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        if (last < first) {
            throw badRequest("`end_line` is before `start_line`.");
        }
        return answer(() -> reads.file(name(workspace), path, first, last));
    }

    SearchResult search(
            String workspace,
            @Nullable String text,
            @Nullable String regex,
            @Nullable String anyCase,
            @Nullable String path,
            @Nullable String glob,
            @Nullable String ignored,
            @Nullable String context,
            @Nullable String limit,
            @Nullable String after) {
        if ((text == null) == (regex == null)) {
            throw badRequest("Give either `text`, for characters as they are, or `regex`.");
        }
        SearchQuery query = new SearchQuery(
                text == null ? String.valueOf(regex) : text,
                regex != null,
                flag("any_case", anyCase),
                path == null ? "" : path,
                glob,
                flag("ignored", ignored),
                number("context", context, 0, FileReads.MAX_CONTEXT, 0),
                number(LIMIT, limit, 1, FileReads.MAX_MATCHES, USUAL_MATCHES),
                after);
        return answer(() -> reads.search(name(workspace), query));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T get() throws ReadRefused, IOException;
    }

    private static <T> T answer(Reading<T> reading) {
        try {
            return reading.get();
        } catch (ReadRefused e) {
            throw new ProblemException(e.type(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WorkspaceName name(String workspace) throws ReadRefused {
        if (!WorkspaceName.isValid(workspace)) {
            throw badRequest("`" + workspace + "` is no name of a workspace.");
        }
        return new WorkspaceName(workspace);
    }

    private static int number(String name, @Nullable String value, int least, int most, int usual) {
        if (value == null) {
            return usual;
        }
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        String bound = most == Integer.MAX_VALUE ? "from " + least + " on" : "from " + least + " to " + most;
        throw badRequest("`" + name + "` is a whole number " + bound + ".");
    }

    private static boolean flag(String name, @Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw badRequest("`" + name + "` is `true` or `false`.");
    }

    private static ProblemException badRequest(String detail) {
        return new ProblemException(ProblemType.BAD_REQUEST, detail);
    }
}
