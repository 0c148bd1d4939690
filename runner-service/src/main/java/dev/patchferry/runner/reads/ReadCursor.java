package dev.patchferry.runner.reads;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a list or a search goes on: behind this entry, or, in a search, at a line of it.
 *
 * @param path relative to the workspace; empty at the beginning
 * @param line the first line, from 1, that was not looked at; 0 if the entry is done with
 */
record ReadCursor(String path, int line) {
    static final ReadCursor BEGINNING = new ReadCursor("", 0);

    /** The text that a client sends back; it means nothing to anybody else. */
    String text() {
        byte[] bytes = (line + ":" + path).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static ReadCursor of(String text) throws ReadRefused {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            int line = Integer.parseInt(plain, 0, Math.max(colon, 0), 10);
            String path = plain.substring(colon + 1);
            if (line < 0 || path.isEmpty()) {
                throw new IllegalArgumentException("names nothing");
            }
            return new ReadCursor(path, line);
        } catch (IllegalArgumentException e) {
            throw ReadRefused.badRequest(
                    "`after` is no cursor of this list. Take `next` of the answer before as it is.");
        }
    }
}
