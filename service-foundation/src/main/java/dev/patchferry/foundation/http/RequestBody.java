package dev.patchferry.foundation.http;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** The body of a request that carries a patch. */
public final class RequestBody {
    private static final int LONGEST_UNIT = 4;

    private RequestBody() {}

    /**
     * Reads a body of at most {@link PatchDocument#MAX_BYTES}, counted while reading, whatever its announced length.
     *
     * @throws ProblemException 413 as soon as the bound is passed; 400 if the sender went away
     */
    public static byte[] read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(PatchDocument.MAX_BYTES + 1);
            if (bytes.length > PatchDocument.MAX_BYTES) {
                throw new ProblemException(
                        ProblemType.TOO_LARGE,
                        "A patch may hold at most 1 MiB. Send several smaller patches, each under an id of its own.");
            }
            return bytes;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The body ended before it was complete.");
        }
    }

    /**
     * Reads bytes as a document that may be stored.
     *
     * @throws ProblemException 400 with line and column if they are not JSON; 422 with every fault
     */
    public static PatchDocument document(byte[] bytes) {
        return document(bytes, _ -> {});
    }

    /** Other encodings of JSON are none (RFC 8259, 8.1); all of them have a NUL or a mark of theirs among the first bytes. */
    private static void requireUtf8(byte[] bytes) {
        for (int at = 0; at < Math.min(bytes.length, LONGEST_UNIT); at++) {
            int value = bytes[at] & 0xFF;
            if (value == 0 || value >= 0xFE) {
                throw new ProblemException(
                        ProblemType.MALFORMED_JSON,
                        "The body is not UTF-8, by which JSON is sent; it looks like UTF-16 or UTF-32. Encode it as UTF-8.");
            }
        }
    }

    /**
     * The same.
     *
     * @param refused hears the id of a document that is refused for other faults, before the problem is thrown
     */
    public static PatchDocument document(byte[] bytes, Consumer<PatchId> refused) {
        requireUtf8(bytes);
        return switch (PatchDocument.read(bytes)) {
            case PatchDocument.Reading.Valid valid -> valid.document();
            case PatchDocument.Reading.NotJson(int line, int column, String detail) ->
                throw new ProblemException(
                        ProblemType.MALFORMED_JSON, "Not JSON at line " + line + ", column " + column + ": " + detail);
            case PatchDocument.Reading.Invalid invalid -> {
                invalid.id().ifPresent(refused);
                int count = invalid.faults().size();
                throw new ProblemException(Problem.of(
                                ProblemType.INVALID_PATCH,
                                (count == 1 ? "One fault" : count + " faults")
                                        + "; see errors. Nothing was stored. Correct them and send it again.")
                        .withErrors(invalid.faults()));
            }
        };
    }
}
