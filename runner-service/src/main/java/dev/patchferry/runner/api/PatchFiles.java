package dev.patchferry.runner.api;

import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.diff.ReviewText;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.logs.RedactedLog;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Serves logs and diffs as text, whole or from a place on. */
@Singleton
class PatchFiles {
    private static final String REVIEW = "review";
    private static final String TEXT = MediaType.TEXT_PLAIN + ";charset=UTF-8";

    private final PatchLogs logs;

    PatchFiles(PatchLogs logs) {
        this.logs = logs;
    }

    /**
     * The log so far.
     *
     * @param part what is wanted of it; beyond its end there is nothing yet
     * @param range the same as an HTTP range of one part (RFC 9110, 14.2); other ranges are ignored, as it allows
     */
    Response log(JournaledPatch journaledPatch, LogPart part, @Nullable String range) {
        RedactedLog log = logs.shown(journaledPatch);
        long size = size(log);
        LogPart asked = LogPart.ofRange(range);
        if (asked == null) {
            return Response.ok(part(log, part.begin(size), part.end(size)), TEXT)
                    .header("Accept-Ranges", "bytes")
                    .build();
        }
        long from = asked.begin(size);
        long to = asked.end(size);
        if (from == to) {
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
    Response diff(JournaledPatch journaledPatch, @Nullable String view) {
        if (view != null && !view.equals(REVIEW)) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "`view` is `review`, or left out for the diff as git applies it.");
        }
        Path file = logs.diff(journaledPatch);
        if (!Files.exists(file)) {
            return Response.ok("", TEXT).build();
        }
        StreamingOutput escaped = out -> ReviewText.write(Files.readAllBytes(file), out);
        return Response.ok(view == null ? file.toFile() : escaped, TEXT).build();
    }

    private static long size(RedactedLog log) {
        try {
            return log.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StreamingOutput part(RedactedLog log, long from, long to) {
        return out -> log.copy(from, to, out);
    }
}
