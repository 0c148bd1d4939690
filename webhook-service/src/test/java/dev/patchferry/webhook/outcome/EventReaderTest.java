package dev.patchferry.webhook.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    @Test
    void readsDataIdsAndNames() throws IOException {
        assertThat(read("id: 1-ab\ndata: {\"a\":1}\n\nevent: heartbeat\ndata:\n\n"))
                .containsExactly(new ServerEvent("message", "{\"a\":1}"), new ServerEvent("heartbeat", ""));
    }

    @Test
    void joinsDataLines() throws IOException {
        assertThat(read("data: {\ndata: }\n\n")).containsExactly(new ServerEvent("message", "{\n}"));
    }

    @Test
    void skipsCommentsAndEmptyLines() throws IOException {
        assertThat(read(": hello\n\n\n:\ndata:x\r\n\r\n")).containsExactly(new ServerEvent("message", "x"));
    }

    @Test
    void dropsAnEventThatTheEndOfTheStreamCutOff() throws IOException {
        assertThat(read("data: whole\n\ndata: ha")).containsExactly(new ServerEvent("message", "whole"));
    }

    @Test
    void readsUtf8() throws IOException {
        assertThat(read("data: ⛴ ü\n\n")).containsExactly(new ServerEvent("message", "⛴ ü"));
    }

    @Test
    void endsALineThatDoesNot() {
        assertThatIOException()
                .isThrownBy(() -> read("data: " + "x".repeat(5 << 20)))
                .withMessageContaining("longer than");
    }

    private static List<ServerEvent> read(String stream) throws IOException {
        EventReader reader = new EventReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
        List<ServerEvent> events = new ArrayList<>();
        for (Optional<ServerEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
            events.add(event.get());
        }
        return events;
    }
}
