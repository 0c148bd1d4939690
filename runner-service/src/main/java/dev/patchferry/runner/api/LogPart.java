package dev.patchferry.runner.api;

import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes of a log somebody wants, whatever its size. */
sealed interface LogPart {
    /** At most so many bytes from one on. */
    record From(long offset, long limit) implements LogPart {}

    /** The last so many bytes. */
    record Tail(long bytes) implements LogPart {}

    /** The byte before which the part ends, and the one with which it begins, in a log of that size. */
    default long begin(long size) {
        return switch (this) {
            case From(long offset, long _) -> Math.min(offset, size);
            case Tail(long bytes) -> Math.max(0, size - bytes);
        };
    }

    default long end(long size) {
        return switch (this) {
            case From(long _, long limit) -> begin(size) + Math.min(limit, size - begin(size));
            case Tail _ -> size;
        };
    }

    /**
     * By the parameters of a request.
     *
     * @throws ProblemException 400 if they mean nothing, or contradict each other
     */
    static LogPart of(@Nullable Long offset, @Nullable Long limit, @Nullable Long tail) {
        requireCount("offset", offset);
        requireCount("limit", limit);
        requireCount("tail", tail);
        if (tail == null) {
            return new From(offset == null ? 0 : offset, limit == null ? Long.MAX_VALUE : limit);
        }
        if (offset != null || limit != null) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "Give either `tail`, or `offset` and `limit`; not both.");
        }
        return new Tail(tail);
    }

    /** A range of one part (RFC 9110, 14.1.2). */
    Pattern RANGE = Pattern.compile("bytes=(?:(\\d{1,18})-(\\d{1,18})?|-(\\d{1,18}))");

    /** By a header; null for a range of another kind or of several parts, which may be ignored. */
    static @Nullable LogPart ofRange(@Nullable String range) {
        Matcher part = RANGE.matcher(range == null ? "" : range);
        if (!part.matches()) {
            return null;
        }
        if (part.group(3) != null) {
            return new Tail(Long.parseLong(part.group(3)));
        }
        long first = Long.parseLong(part.group(1));
        long limit = part.group(2) == null ? Long.MAX_VALUE : Long.parseLong(part.group(2)) + 1 - first;
        return limit <= 0 ? null : new From(first, limit);
    }

    private static void requireCount(String name, @Nullable Long value) {
        if (value != null && value < 0) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "`" + name + "` is a number of bytes, 0 or more.");
        }
    }
}
