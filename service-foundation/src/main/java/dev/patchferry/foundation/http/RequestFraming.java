package dev.patchferry.foundation.http;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Follows the bytes of a connection from request to request, as RFC 9112 frames them, and finds what the framework's
 * decoder repairs in silence: a proxy in front that repairs it differently would see other requests than we do (request
 * smuggling). After a fault it must not be asked again.
 */
final class RequestFraming {
    /** The decoder, whose bounds are lower, refuses most lines that are too long. */
    private static final int MAX_LINE = 32 << 10;

    private static final int MAX_CHUNK_LINE = 4 << 10;

    private enum State {
        BETWEEN_REQUESTS,
        REQUEST_LINE,
        HEADER,
        BODY,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER
    }

    private final StringBuilder line = new StringBuilder();
    private RequestHead head = new RequestHead();
    private State state = State.BETWEEN_REQUESTS;
    private long left;

    /** Looks at the next bytes without consuming them; what is wrong, if something is. */
    Optional<Problem> fault(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (state == State.BODY || state == State.CHUNK_DATA) {
                at += skip(end - at);
            } else {
                Optional<Problem> fault = next((char) (bytes.getByte(at) & 0xff));
                if (fault.isPresent()) {
                    return fault;
                }
                at++;
            }
        }
        return Optional.empty();
    }

    private int skip(int available) {
        int skipped = (int) Math.min(left, available);
        left -= skipped;
        if (left == 0) {
            state = state == State.BODY ? State.BETWEEN_REQUESTS : State.CHUNK_END;
        }
        return skipped;
    }

    private Optional<Problem> next(char c) {
        if (state == State.BETWEEN_REQUESTS) {
            // As the decoder: empty lines and blanks before a request are passed over.
            if (c <= ' ' || c == 0x7f) {
                return Optional.empty();
            }
            head = new RequestHead();
            state = State.REQUEST_LINE;
        }
        if (c != '\n') {
            line.append(c);
            return tooLong();
        }
        boolean carriageReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
        String text = line.substring(0, line.length() - (carriageReturn ? 1 : 0));
        line.setLength(0);
        return fault(text, carriageReturn).map(fault -> Problem.of(ProblemType.BAD_REQUEST, fault));
    }

    private Optional<Problem> tooLong() {
        if (isChunkFraming()) {
            return line.length() > MAX_CHUNK_LINE
                    ? Optional.of(Problem.of(ProblemType.BAD_REQUEST, "The line before a chunk is longer than 4 KiB."))
                    : Optional.empty();
        }
        if (line.length() <= MAX_LINE) {
            return Optional.empty();
        }
        return Optional.of(
                state == State.REQUEST_LINE
                        ? Problem.of(ProblemType.URI_TOO_LONG, "The request line is too long.")
                        : Problem.of(ProblemType.HEADERS_TOO_LARGE, "The headers are too large."));
    }

    private boolean isChunkFraming() {
        return state == State.CHUNK_SIZE || state == State.CHUNK_END;
    }

    private Optional<String> fault(String text, boolean carriageReturn) {
        if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            return Optional.of("The request holds a control character within a line.");
        }
        return isChunkFraming() && !carriageReturn
                ? Optional.of("A line of the chunked body does not end with CR LF.")
                : ended(text);
    }

    /** A line has ended. */
    private Optional<String> ended(String text) {
        switch (state) {
            case REQUEST_LINE -> {
                head.requestLine(text);
                state = State.HEADER;
            }
            case HEADER -> {
                return text.isEmpty() ? head.fault().or(this::beginBody) : head.header(text);
            }
            case CHUNK_SIZE -> {
                return chunk(text);
            }
            case CHUNK_END -> {
                state = State.CHUNK_SIZE;
                return text.isEmpty()
                        ? Optional.empty()
                        : Optional.of("A chunk of the body is longer than the size before it says.");
            }
            case TRAILER -> {
                if (text.isEmpty()) {
                    state = State.BETWEEN_REQUESTS;
                }
                return RequestHead.folded(text);
            }
            case BETWEEN_REQUESTS, BODY, CHUNK_DATA -> throw new IllegalStateException("no line ends in " + state);
        }
        return Optional.empty();
    }

    private Optional<String> beginBody() {
        left = head.contentLength();
        if (head.isChunked()) {
            state = State.CHUNK_SIZE;
        } else {
            state = left > 0 ? State.BODY : State.BETWEEN_REQUESTS;
        }
        return Optional.empty();
    }

    private Optional<String> chunk(String text) {
        Optional<Integer> size = ChunkSize.of(text);
        if (size.isEmpty()) {
            return Optional.of("The size of a chunk of the body is not 1 to 8 hexadecimal digits up to 7fffffff.");
        }
        left = size.get();
        state = left > 0 ? State.CHUNK_DATA : State.TRAILER;
        return Optional.empty();
    }
}
