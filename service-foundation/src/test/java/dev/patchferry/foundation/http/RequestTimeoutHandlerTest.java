package dev.patchferry.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTimeoutHandlerTest {
    private static final String HEAD = "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n";

    private final EmbeddedChannel connection = new EmbeddedChannel();

    @BeforeEach
    void connect() {
        connection.freezeTime();
        connection
                .pipeline()
                .addLast(
                        new RequestTimeoutHandler(new RequestTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60))));
        connection.pipeline().addLast("httpDecoder", new HttpRequestDecoder());
    }

    @AfterEach
    void disconnect() {
        connection.finishAndReleaseAll();
    }

    @Test
    void aHeadThatTricklesInIsAnsweredAfterTenSeconds() {
        for (char c : "GET /health HTTP/1.1\r".toCharArray()) {
            send(String.valueOf(c));
            assertThat(answer()).isEmpty();
            pass(0.4);
        }
        pass(2);

        assertThat(answer())
                .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                .contains("Connection: close", "application/problem+json", "urn:patchferry:problem:request-timeout");
        pass(2);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aBodyThatTricklesInIsAnsweredAfterAMinute() {
        send(HEAD);
        for (int second = 0; second < 59; second++) {
            pass(1);
            assertThat(answer()).isEmpty();
            send(second % 10 == 0 ? "x" : "");
        }
        pass(1);

        assertThat(answer()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void aRequestThatArrivesInTimeIsLeftAlone() {
        send("POST /webhook HTTP/1.1\r\nHost: x\r\n");
        pass(9);
        send("Content-Length: 10\r\n\r\n12345");
        pass(50);
        send("67890");
        pass(300);

        assertThat(answer()).isEmpty();
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void eachRequestOfAConnectionIsTimedByItself() {
        send(HEAD + "1234567890");
        pass(100);
        send(HEAD);
        pass(9);
        assertThat(answer()).isEmpty();
        send("1234567890" + HEAD);
        pass(59);
        assertThat(answer()).isEmpty();
        pass(1);

        assertThat(answer()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void whoWasAnsweredAlreadyIsNotAnsweredAgain() {
        send(HEAD);
        connection.writeOutbound(Unpooled.copiedBuffer("HTTP/1.1 401 Unauthorized\r\n\r\n", StandardCharsets.US_ASCII));
        assertThat(answer()).startsWith("HTTP/1.1 401 ");

        pass(60);

        assertThat(answer()).isEmpty();
        assertThat(connection.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "no request at all,400",
        "'GET /health HTTP/1.1\r\nBad Header\r\n\r\n',400",
        "'GET /health HTTP/1.1\r\nX: a\u0000b\r\n\r\n',400",
        "'POST /webhook HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',400",
        "'POST /webhook HTTP/1.1\r\nContent-Length: -1\r\n\r\n',400",
    })
    void aHeadThatIsBrokenIsAnsweredWithAProblem(String head, int status) {
        send(head + "\r\n\r\n");

        assertThat(answer()).startsWith("HTTP/1.1 " + status + " ").contains("urn:patchferry:problem:bad-request");
        assertThat((HttpRequest) connection.readInbound()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/patches/../q/metrics",
                "/patches/%2e%2e/q/metrics",
                "//q/metrics",
                "/patches%2fx",
                "/patches/%00",
                "/%zz",
                "/%",
                "/patches?status=%zz"
            })
    void aTargetThatCouldBeReadInTwoWaysIsAnsweredWithAProblem(String target) {
        send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer())
                .startsWith("HTTP/1.1 400 ")
                .contains("urn:patchferry:problem:bad-request", "The request's target");
        assertThat((HttpRequest) connection.readInbound()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /health HTTP/1.1\r\n\r\n',is missing",
        "'GET /health HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n',more than once",
        "'GET /health HTTP/1.1\r\nHost: a/b\r\n\r\n',neither a host",
        "'GET /health HTTP/1.1\r\nHost: a:b\r\n\r\n',neither a host",
        "'GET /health HTTP/1.0\r\nHost: a/b\r\n\r\n',neither a host",
        "'GET /health HTTP/2.0\r\nHost: a\r\n\r\n',version",
        "'GET /health HTTP/1.2\r\nHost: a\r\n\r\n',version"
    })
    void anOddHostOrVersionIsAnsweredWithAProblem(String head, String reason) {
        send(head);

        assertThat(answer()).startsWith("HTTP/1.1 400 ").contains("urn:patchferry:problem:bad-request", reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost:\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [::1]:5555\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a_b.example:80\r\n\r\n"
            })
    void aHostAsTheRulesHaveItPasses(String head) {
        send(head);

        assertThat(answer()).isEmpty();
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void whatIsTooLongIsSaidToBe() {
        send("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n");

        assertThat(answer()).startsWith("HTTP/1.1 414 ").contains("urn:patchferry:problem:uri-too-long");
    }

    @Test
    void headersThatAreTooLargeAreSaidToBe() {
        send("GET / HTTP/1.1\r\n" + ("X-Y: " + "x".repeat(1_000) + "\r\n").repeat(30) + "\r\n");

        assertThat(answer()).startsWith("HTTP/1.1 431 ").contains("urn:patchferry:problem:headers-too-large");
    }

    private void send(String bytes) {
        connection.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
        while (connection.inboundMessages().size() > 1) {
            ReferenceCountUtil.release(connection.readInbound());
        }
        ReferenceCountUtil.release(connection.readInbound());
    }

    /** In small steps, so that what is due sets its next time from when it was due. */
    private void pass(double seconds) {
        for (long step = 0; step < seconds * 10; step++) {
            connection.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            connection.runScheduledPendingTasks();
        }
    }

    private String answer() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
            text.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return text.toString();
    }
}
