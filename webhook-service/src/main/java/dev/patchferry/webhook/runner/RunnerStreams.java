package dev.patchferry.webhook.runner;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.RunnerApi;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Opens answers of the runner that are too long, or too endless, to be held in memory.
 *
 * <p>Uses the JDK's {@link HttpURLConnection}: the one client at hand whose timeout counts from read to read, which
 * tells a quiet stream from a dead one, and whose reads end when their virtual thread is interrupted.
 */
@Singleton
public class RunnerStreams {
    private static final Map<String, String> EVENTS = Map.of("Accept", "text/event-stream");
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final URI runner;
    private final RunnerCredential credential;

    RunnerStreams(RunnerConfig config, RunnerCredential credential) {
        this.runner = config.runner().url();
        this.credential = credential;
    }

    /**
     * Asks the runner for the newest cursor of its journal.
     *
     * @return empty if the runner answers without telling it
     * @throws IOException if the runner cannot be reached
     */
    public Optional<EventCursor> newestCursor(Duration silence) throws IOException {
        try (RunnerStream stream = events(EventCursor.START, silence)) {
            return stream.newest();
        }
    }

    /**
     * Follows the runner's journal.
     *
     * @param after the last event that is known
     * @param silence how long a single read may take
     * @throws IOException if the runner cannot be reached
     */
    public RunnerStream events(EventCursor after, Duration silence) throws IOException {
        return get("/events?after=" + after, EVENTS, silence);
    }

    /**
     * Sends a GET and returns when the answer begins.
     *
     * @param path from the root on, with query
     * @param silence how long a single read may take
     * @throws IOException if the runner cannot be reached
     */
    public RunnerStream get(String path, Map<String, String> headers, Duration silence) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) runner.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) silence.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty(RunnerApi.AUTHORIZATION, credential.authorization());
        headers.forEach(connection::setRequestProperty);
        return new RunnerStream(connection);
    }
}
