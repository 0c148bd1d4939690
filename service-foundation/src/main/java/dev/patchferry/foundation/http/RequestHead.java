package dev.patchferry.foundation.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the head of one request says about where its body ends (RFC 9112 section 6.3). Filled line by line. */
final class RequestHead {
    private static final int MAX_DIGITS = 18;

    private final List<String> lengths = new ArrayList<>();
    private final List<String> encodings = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private boolean http10;

    void requestLine(String line) {
        http10 = line.endsWith("HTTP/1.0");
    }

    /** Takes the next header; what is wrong with it, if something is. */
    Optional<String> header(String line) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            String value = line.substring(colon + 1).strip();
            // Blanks before the colon are refused by the decoder; until then the header counts.
            switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                case "content-length" -> lengths.add(value);
                case "transfer-encoding" -> encodings.add(value);
                case "te" -> accepted.add(value);
                default -> {}
            }
        }
        return folded(line);
    }

    /** A header that goes on in a second line (RFC 9112 section 5.2). */
    static Optional<String> folded(String line) {
        return line.startsWith(" ") || line.startsWith("\t")
                ? Optional.of("A header is continued on a second line. Send it on one line.")
                : Optional.empty();
    }

    /** What is wrong with the whole head, if something is. */
    Optional<String> fault() {
        if (!encodings.isEmpty()) {
            return encodingFault();
        }
        if (lengths.size() > 1) {
            return Optional.of("The header Content-Length was sent more than once.");
        }
        return lengths.isEmpty() || lengths.getFirst().matches("[0-9]{1," + MAX_DIGITS + "}")
                ? Optional.empty()
                : Optional.of("The header Content-Length is not a number of bytes.");
    }

    private Optional<String> encodingFault() {
        if (!lengths.isEmpty()) {
            return Optional.of("Content-Length and Transfer-Encoding were sent together. Send one of them.");
        }
        if (encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
            return Optional.of("The header Transfer-Encoding is something else than `chunked`, once.");
        }
        if (http10) {
            return Optional.of("HTTP/1.0 has no Transfer-Encoding. Send Content-Length.");
        }
        return accepted.stream().anyMatch(te -> te.toLowerCase(Locale.ROOT).contains("identity"))
                ? Optional.of("`TE: identity` was sent with a chunked body. Leave it out.")
                : Optional.empty();
    }

    boolean isChunked() {
        return !encodings.isEmpty();
    }

    /** The announced bytes of a body that is not chunked; only without a {@linkplain #fault() fault}. */
    long contentLength() {
        return lengths.isEmpty() ? 0 : Long.parseLong(lengths.getFirst());
    }
}
