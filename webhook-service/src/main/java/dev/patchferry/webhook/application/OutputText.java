package dev.patchferry.webhook.application;

import dev.patchferry.webhook.runner.RunnerStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Text of the runner's that is being read. Nothing is known of it before enough has arrived: what is short is whole. Close
 * it to end the request.
 */
public final class OutputText implements AutoCloseable {
    static final int BEGINNING = 64 << 10;

    private static final String TEXT = "text/plain";
    private static final long MAX_OUTPUT = 4L << 30;
    private static final Duration MAX_TIME = Duration.ofHours(1);

    private final RunnerStream stream;
    private final byte[] beginning;

    private OutputText(RunnerStream stream, byte[] beginning) {
        this.stream = stream;
        this.beginning = beginning;
    }

    static OutputText of(RunnerStream stream) throws IOException {
        try {
            requireText(stream);
            return new OutputText(stream, stream.beginning(BEGINNING));
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** A page of something else that answers in the runner's place is nobody's output. */
    private static void requireText(RunnerStream stream) throws IOException {
        String type = stream.header("Content-Type").orElse(TEXT);
        if (!type.startsWith(TEXT)) {
            throw new IOException("the runner answers output with " + type);
        }
        if (stream.header("Content-Length")
                .or(() -> stream.header("Transfer-Encoding"))
                .isEmpty()) {
            throw new IOException("the head of the runner's answer was cut");
        }
    }

    /** The HTTP status of the runner's answer: 200, or 206 for a range. */
    public int status() {
        return stream.status();
    }

    /** A header of the runner's answer. */
    public Optional<String> header(String name) {
        return stream.header(name);
    }

    /**
     * Passes all of it on.
     *
     * @throws IOException if the runner's answer breaks off, or has no end
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(beginning);
        if (beginning.length == BEGINNING) {
            copyRest(out);
        }
    }

    /** No log is longer and no reader slower than this; an answer that goes on is none of the runner's. */
    private void copyRest(OutputStream out) throws IOException {
        long deadline = System.nanoTime() + MAX_TIME.toNanos();
        byte[] buffer = new byte[BEGINNING];
        long copied = 0;
        for (int read = stream.body().read(buffer);
                read >= 0;
                read = stream.body().read(buffer)) {
            copied += read;
            if (copied > MAX_OUTPUT || System.nanoTime() - deadline > 0) {
                throw new IOException("the runner's output does not end");
            }
            out.write(buffer, 0, read);
        }
        stream.requireAll(BEGINNING + copied);
    }

    @Override
    public void close() {
        stream.close();
    }
}
