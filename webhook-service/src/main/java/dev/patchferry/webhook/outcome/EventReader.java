package dev.patchferry.webhook.outcome;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Reads server-sent events as the HTML standard, section 9.2, has them. Ids and retry times are not needed: the cursor
 * is in the data.
 */
final class EventReader {
    private static final String DEFAULT_NAME = "message";

    /** A receipt has 90,000 characters at most. */
    private static final int MAX_EVENT = 4 << 20;

    private final CountedReader counted;
    private final BufferedReader lines;

    EventReader(InputStream stream) {
        this.counted = new CountedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        this.lines = new BufferedReader(counted);
    }

    /**
     * Blocks until an event is complete.
     *
     * @return empty at the end of the stream; an event that it cut off is dropped
     * @throws IOException if the connection broke, or an event goes on beyond 4 MiB
     */
    Optional<ServerEvent> next() throws IOException {
        String name = DEFAULT_NAME;
        StringJoiner data = new StringJoiner("\n");
        boolean begun = false;
        counted.begin();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && begun) {
                return Optional.of(new ServerEvent(name, data.toString()));
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("event")) {
                name = value;
                begun = true;
            } else if (field.equals("data")) {
                data.add(value);
                begun = true;
            }
        }
        return Optional.empty();
    }

    /** Ends a line that does not end. */
    private static final class CountedReader extends FilterReader {
        private long count;

        CountedReader(Reader in) {
            super(in);
        }

        void begin() {
            count = 0;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            if (count > MAX_EVENT) {
                throw new IOException("an event of the runner is longer than " + MAX_EVENT + " characters");
            }
            return read;
        }
    }
}
