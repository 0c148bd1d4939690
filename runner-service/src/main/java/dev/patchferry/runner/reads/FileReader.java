package dev.patchferry.runner.reads;

import dev.patchferry.contract.FileText;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.redaction.Redactor;
import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.ReadableFolder;
import dev.patchferry.runner.workspace.fs.ReadableFolder.Entry;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads lines of one file. Hash, size and lines are those of the same bytes.
 *
 * @param redactor what covers secrets in what is shown
 */
record FileReader(WorkspaceName workspace, Redactor redactor) {
    /** Of a line that does not fit into an answer: fits even if every byte is escaped. */
    private static final int MAX_CUT_LINE = ReadBounds.MAX_CHARACTERS / 6;

    /**
     * Reads.
     *
     * @param path relative to the root
     * @param startLine from 1
     * @param endLine the last line wanted; the end of the file if it is behind that
     */
    FileText read(ReadableFolder root, String path, int startLine, int endLine) throws IOException, ReadRefused {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        try (ReadableFolder folder = root.open(slash < 0 ? "" : path.substring(0, slash))) {
            Entry entry = folder.entry(name);
            requireFile(folder, name, path, entry);
            if (entry.size() > ReadBounds.MAX_FILE) {
                throw tooLarge(path, entry.size());
            }
            byte[] content = folder.read(name, ReadBounds.MAX_FILE);
            if (content.length > ReadBounds.MAX_FILE) {
                throw tooLarge(path, content.length);
            }
            if (Utf8.isBinary(content, content.length)) {
                throw new ReadRefused(
                        ProblemType.NOT_TEXT,
                        "`" + path + "` is binary: " + content.length + " bytes, SHA-256 " + sha256(content)
                                + ". Use a command to look into it.");
            }
            return text(path, entry, content, startLine, endLine);
        }
    }

    private static void requireFile(ReadableFolder folder, String name, String path, Entry entry)
            throws IOException, ReadRefused {
        switch (entry.kind()) {
            case FILE -> {
                return;
            }
            case ABSENT -> throw ReadRefused.notFound(absent(path));
            case FOLDER ->
                throw new ReadRefused(
                        ProblemType.NOT_TEXT, "`" + path + "` is a folder. List it to see what is in it.");
            case LINK ->
                throw new ReadRefused(
                        ProblemType.NOT_TEXT,
                        "`" + path + "` is a symbolic link to `" + PathText.shown(folder.linkTarget(name))
                                + "`. Reads follow no link; read the file itself if it is in the workspace.");
            case OTHER ->
                throw new ReadRefused(
                        ProblemType.NOT_TEXT, "`" + path + "` is a socket, pipe or device, and is not read.");
        }
    }

    static String absent(String path) {
        return "There is no `" + path + "` here. List the folder to see what there is.";
    }

    private static ReadRefused tooLarge(String path, long size) {
        return new ReadRefused(
                ProblemType.NOT_TEXT,
                "`" + path + "` has " + size + " bytes, and files of at most " + ReadBounds.MAX_FILE
                        + " are read. Use a command such as `sed -n 1,200p` to see some of it.");
    }

    private FileText text(String path, Entry entry, byte[] content, int startLine, int endLine) throws ReadRefused {
        LineStarts lines = new LineStarts(content);
        if (startLine > Math.max(1, lines.count())) {
            throw ReadRefused.badRequest(
                    "`" + path + "` has " + lines.count() + " lines; `start_line` is behind them.");
        }
        String sha256 = sha256(content);
        String encoding = Utf8.encoding(content);
        boolean redacted =
                redactor.bytes(content, content.length, /* complete= */ true).any();
        int first = startLine - 1;
        int behind = Math.min(endLine, lines.count());
        boolean cut = false;
        int last = first;
        int size = 0;
        while (last < behind) {
            size += JsonSize.of(content, lines.begin(last), lines.begin(last + 1));
            if (size > ReadBounds.MAX_CHARACTERS) {
                break;
            }
            last++;
        }
        int end = lines.begin(last);
        if (last == first && first < behind) {
            end = Utf8.wholeCharacters(content, lines.begin(first), MAX_CUT_LINE);
            cut = true;
            last++;
        }
        return new FileText(
                workspace,
                path,
                sha256,
                content.length,
                entry.executable(),
                encoding,
                lines.endings(),
                lines.count(),
                lines.count() == 0 ? 0 : startLine,
                last,
                Utf8.decode(content, lines.begin(first), end),
                redacted,
                last < lines.count() ? Optional.of(last + 1) : Optional.empty(),
                cut);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
