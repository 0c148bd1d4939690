package dev.patchferry.webhook.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.patchferry.webhook.WithRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunnerStreamsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @AutoClose
    private ServerSocket runner;

    private RunnerStreams streams;

    @BeforeEach
    void listen() throws IOException {
        runner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunnerClientConfig config = config(URI.create("http://127.0.0.1:" + runner.getLocalPort()), LONG);
        streams = new RunnerStreams(config, new RunnerCredential(config));
    }

    @Test
    void takesASilentStreamForDead() throws IOException {
        CompletableFuture<Socket> served = answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");

        try (RunnerStream stream = streams.get("/events", Map.of(), Duration.ofMillis(200))) {
            assertThat(stream.body().read()).isEqualTo('x');
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> stream.body().read());
        } finally {
            served.join().close();
        }
    }

    @Test
    void readsTheBodyOfAnError() throws IOException {
        CompletableFuture<Socket> served = answer("HTTP/1.1 416 No\r\nContent-Length: 2\r\nX-Y: z\r\n\r\nno");

        try (RunnerStream stream = streams.get("/log", Map.of(), LONG)) {
            assertThat(stream.status()).isEqualTo(416);
            assertThat(stream.header("X-Y")).contains("z");
            assertThat(stream.body().readAllBytes()).asString().isEqualTo("no");
        } finally {
            served.join().close();
        }
    }

    @Test
    void saysWhenThereIsNobody() throws IOException {
        runner.close();

        assertThatIOException()
                .isThrownBy(() -> streams.get("/events", Map.of(), LONG).close());
    }

    private CompletableFuture<Socket> answer(String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = runner.accept();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                return socket;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    static RunnerClientConfig config(URI url, Duration answerWithin) {
        return new RunnerClientConfig() {
            @Override
            public Path home() {
                return Path.of("unused");
            }

            @Override
            public Runner runner() {
                return new Runner() {
                    @Override
                    public URI url() {
                        return url;
                    }

                    @Override
                    public Duration answerWithin() {
                        return answerWithin;
                    }

                    @Override
                    public Optional<String> token() {
                        return Optional.of(WithRunner.RUNNER);
                    }

                    @Override
                    public Optional<Path> tokenFile() {
                        return Optional.empty();
                    }
                };
            }
        };
    }
}
