package dev.patchferry.webhook.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever answers in the runner's place, the call ends, and says how. */
@Timeout(30)
class RunnerClientTest {
    @AutoClose
    private ServerSocket runner;

    private RunnerClient client;

    @BeforeEach
    void listen() throws IOException {
        runner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunnerClientConfig config = RunnerStreamsTest.config(
                URI.create("http://127.0.0.1:" + runner.getLocalPort()), Duration.ofSeconds(2));
        client = new RunnerClient(config, new RunnerCredential(config));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aBodyWithoutAnEndIsNoAnswer() {
        pour("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");

        assertThat(cause()).isEqualTo(UnansweredException.Cause.BROKEN);
    }

    @Test
    void aHeadWithoutAnEndIsNoAnswer() {
        pour("HTTP/1.1 200 OK\r\nX-Long: ");

        assertThat(cause()).isEqualTo(UnansweredException.Cause.BROKEN);
    }

    @Test
    void aBodyThatStopsIsNotWaitedForWithoutAnEnd() {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx");

        assertThat(cause()).isEqualTo(UnansweredException.Cause.TIMEOUT);
    }

    @Test
    void nobodyIsToldFromSomethingThatDoesNotAnswer() throws IOException {
        runner.close();

        assertThat(cause()).isEqualTo(UnansweredException.Cause.UNREACHABLE);
    }

    private void answer(String beginning) {
        serve(beginning, /* goesOn= */ false);
    }

    /** Goes on until the client has had enough. */
    private void pour(String beginning) {
        serve(beginning, /* goesOn= */ true);
    }

    private void serve(String beginning, boolean goesOn) {
        Thread.ofVirtual().start(() -> {
            byte[] more = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            try (Socket socket = runner.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(beginning.getBytes(StandardCharsets.US_ASCII));
                if (goesOn) {
                    for (; ; ) {
                        out.write(more);
                    }
                }
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client has had enough.
            }
        });
    }

    private UnansweredException.Cause cause() {
        return catchThrowableOfType(UnansweredException.class, client::workspaces)
                .cause();
    }
}
