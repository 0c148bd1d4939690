package dev.patchferry.webhook.runner;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.RunnerApi;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;

/** An answer of the runner whose body is read while it arrives. Close it to end the request. */
public final class RunnerStream implements AutoCloseable {
    private final HttpURLConnection connection;
    private final int status;

    RunnerStream(HttpURLConnection connection) throws IOException {
        this.connection = connection;
        this.status = connection.getResponseCode();
        if (status < 0) {
            throw new IOException("what answers at the runner's address does not speak HTTP");
        }
    }

    public int status() {
        return status;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(connection.getHeaderField(name));
    }

    /** The newest cursor of the runner's journal, if this is an answer that names it. */
    public Optional<EventCursor> newest() {
        return header(RunnerApi.JOURNAL).flatMap(EventCursor::parse);
    }

    /**
     * The body, of an error too.
     *
     * @throws IOException if the connection broke
     */
    public InputStream body() throws IOException {
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return Objects.requireNonNullElseGet(body, InputStream::nullInputStream);
    }

    /**
     * The body's first bytes, of an error too; all of it if it is not longer than that.
     *
     * @throws IOException if the connection broke before that, also if less came than was announced
     */
    public byte[] beginning(int most) throws IOException {
        byte[] read = body().readNBytes(most);
        if (read.length < most) {
            requireAll(read.length);
        }
        return read;
    }

    /**
     * After the end of the body.
     *
     * @throws IOException if fewer bytes came than were announced
     */
    public void requireAll(long read) throws IOException {
        if (read < connection.getContentLengthLong()) {
            throw new EOFException("the runner's answer was cut");
        }
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
