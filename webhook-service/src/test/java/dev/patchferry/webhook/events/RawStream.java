package dev.patchferry.webhook.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** One connection, on which requests are sent and answers read by hand. */
final class RawStream implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    RawStream(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Sends a request without a body; the status line of the answer. */
    String request(String method, String path, String token) throws IOException {
        socket.getOutputStream()
                .write((method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return line();
    }

    /** The next line; empty at the end of the stream. */
    String line() throws IOException {
        return Objects.requireNonNullElse(in.readLine(), "");
    }

    /** Reads up to the body; the headers. */
    String skipHead() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    /** What is there of the body, without waiting for more. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder().append((char) in.read());
        while (in.ready()) {
            rest.append((char) in.read());
        }
        return rest.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
