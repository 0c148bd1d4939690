package dev.patchferry.webhook.runner;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.RunnerApi;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    private static final ExecutorService OPENING = Executors.newVirtualThreadPerTaskExecutor();

    private final URI runner;
    private final RunnerCredential credential;
    private final Duration answerWithin;

    RunnerStreams(RunnerClientConfig config, RunnerCredential credential) {
        this.runner = config.runner().url();
        this.credential = credential;
        this.answerWithin = config.runner().answerWithin();
    }

    /**
     * Asks the runner for the newest cursor of its journal.
     *
     * @return empty if the runner answers without telling it
     * @throws IOException if the runner cannot be reached, or what answers is no HTTP
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
     * Sends a GET and returns when the answer begins; it may be silent for as long as an answer may take.
     *
     * @param path from the root on, with query
     * @throws IOException if the runner cannot be reached
     */
    public RunnerStream get(String path, Map<String, String> headers) throws IOException {
        return get(path, headers, answerWithin);
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
        return begun(connection, CONNECT.plus(silence));
    }

    /** A head that comes byte by byte keeps to every timeout of a read, and not to this one. */
    private static RunnerStream begun(HttpURLConnection connection, Duration within) throws IOException {
        Future<RunnerStream> head = OPENING.submit(() -> new RunnerStream(connection));
        try {
            return head.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            connection.disconnect();
            throw new IOException("the runner gave no usable answer: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            connection.disconnect();
            throw new SocketTimeoutException("the head of the runner's answer took too long");
        } catch (InterruptedException e) {
            connection.disconnect();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the runner was asked");
        }
    }
}
