package dev.patchferry.webhook.runner;

import dev.patchferry.contract.RunnerApi;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Opens answers of the runner that are too long, or too endless, to be held in memory.
 *
 * <p>Uses the JDK's {@link HttpURLConnection}: the one client at hand whose timeout counts from read to read, which
 * tells a quiet stream from a dead one, and whose reads end when their virtual thread is interrupted.
 */
@Singleton
public class RunnerStreams {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final URI runner;
    private final RunnerCredential credential;

    RunnerStreams(RunnerConfig config, RunnerCredential credential) {
        this.runner = config.runner().url();
        this.credential = credential;
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
