package dev.patchferry.foundation.http;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpClosedException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out of the log that a reader of an event stream closed its connection, which is how such streams end: the server
 * would write an error with a stack trace for each. Whatever else goes wrong with a stream is logged as before.
 */
@Singleton
final class ClosedStreams implements Filter {
    /** Held, since a logger that nobody holds may be made anew without its filter. */
    private static final Logger STREAMS =
            Logger.getLogger("org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler");

    private static final Set<String> GONE = Set.of("Broken pipe", "Connection reset by peer", "Connection reset");

    void install(@Observes StartupEvent start) {
        STREAMS.setFilter(this);
    }

    @Override
    public boolean isLoggable(LogRecord logged) {
        for (@Nullable Throwable cause = logged.getThrown(); cause != null; cause = cause.getCause()) {
            if (isClosed(cause)) {
                return false;
            }
        }
        return true;
    }

    /** The system's own errors have no type of their own, only its words. */
    private static boolean isClosed(Throwable cause) {
        return switch (cause) {
            case ClosedChannelException _ -> true;
            case HttpClosedException _ -> true;
            case IOException gone -> GONE.contains(String.valueOf(gone.getMessage()));
            default -> false;
        };
    }
}
