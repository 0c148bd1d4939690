package dev.patchferry.webhook.outcome;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Reads server-sent events as the HTML standard, section 9.2, has them. Ids and retry times are not needed: the cursor
 * is in the data.
 */
final class EventReader {
    private static final String DEFAULT_NAME = "message";

    private final BufferedReader lines;

    EventReader(InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * Blocks until an event is complete.
     *
     * @return empty at the end of the stream; an event that it cut off is dropped
     */
    Optional<ServerEvent> next() throws IOException {
        String name = DEFAULT_NAME;
        StringJoiner data = new StringJoiner("\n");
        boolean begun = false;
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
}
