package dev.patchferry.runner.intake;

import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.diff.ReviewText;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.logs.ShownLog;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves logs and diffs as text, whole or from a place on. */
@Singleton
class PatchFiles {
    private static final String REVIEW = "review";
    private static final String TEXT = MediaType.TEXT_PLAIN + ";charset=UTF-8";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");

    private final PatchLogs logs;

    PatchFiles(PatchLogs logs) {
        this.logs = logs;
    }

    /**
     * The log so far.
     *
     * @param offset the first byte wanted; beyond the end there is nothing yet
     * @param range the same as an HTTP range of one part (RFC 9110, 14.2); other ranges are ignored, as it allows
     */
    Response log(Entry entry, @Nullable Long offset, @Nullable String range) {
        if (offset != null && offset < 0) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "`offset` is a number of bytes, 0 or more.");
        }
        ShownLog log = logs.shown(entry);
        long size = size(log);
        Matcher part = RANGE.matcher(range == null ? "" : range);
        if (!part.matches()) {
            return Response.ok(part(log, offset == null ? 0 : Math.min(offset, size), size), TEXT)
                    .header("Accept-Ranges", "bytes")
                    .build();
        }
        long from = Long.parseLong(part.group(1));
        long to = part.group(2) == null ? size : Math.min(size, Long.parseLong(part.group(2)) + 1);
        if (from >= size || to <= from) {
            throw new ProblemException(ProblemType.RANGE_NOT_SATISFIABLE, "The log has " + size + " bytes so far.");
        }
        return Response.status(Response.Status.PARTIAL_CONTENT)
                .entity(part(log, from, to))
                .type(TEXT)
                .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size)
                .build();
    }

    /**
     * The whole diff.
     *
     * @param view {@code review} for a page or a message, null for the files' own bytes
     */
    Response diff(Entry entry, @Nullable String view) {
        if (view != null && !view.equals(REVIEW)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "`view` is `review`, or left out for the diff as git applies it.");
        }
        Path file = logs.diff(entry);
        if (!Files.exists(file)) {
            return Response.ok("", TEXT).build();
        }
        StreamingOutput escaped = out -> ReviewText.write(Files.readAllBytes(file), out);
        return Response.ok(view == null ? file.toFile() : escaped, TEXT).build();
    }

    private static long size(ShownLog log) {
        try {
            return log.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StreamingOutput part(ShownLog log, long from, long to) {
        return out -> log.copy(from, to, out);
    }
}
