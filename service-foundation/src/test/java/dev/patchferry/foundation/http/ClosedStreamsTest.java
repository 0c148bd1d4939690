package dev.patchferry.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ClosedStreamsTest {
    private final ClosedStreams filter = new ClosedStreams();

    @Test
    void aReaderThatClosedItsStreamIsNoError() {
        assertThat(filter.isLoggable(failed(new ClosedChannelException()))).isFalse();
        assertThat(filter.isLoggable(failed(new IOException("Broken pipe")))).isFalse();
        assertThat(filter.isLoggable(failed(new IOException("writing", new ClosedChannelException()))))
                .isFalse();
    }

    @Test
    void everythingElseIsLogged() {
        assertThat(filter.isLoggable(failed(new IOException("disk")))).isTrue();
        assertThat(filter.isLoggable(new LogRecord(Level.SEVERE, "no cause"))).isTrue();
    }

    private static LogRecord failed(Throwable cause) {
        LogRecord logged =
                new LogRecord(Level.SEVERE, "Exception in SSE server handling, impossible to send it to client");
        logged.setThrown(cause);
        return logged;
    }
}
