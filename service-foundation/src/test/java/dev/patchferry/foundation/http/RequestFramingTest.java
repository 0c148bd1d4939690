package dev.patchferry.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.Problem;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFramingTest {
    private static final String POST = "POST /webhook HTTP/1.1\r\nHost: x\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\nHost: x\n\n",
                "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nTE: trailers\r\n\r\n",
                POST + "Content-Length: 5\r\n\r\n12345",
                POST + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n",
                POST + "transfer-encoding:Chunked\r\n\r\n0000000a;x=y\r\n1234567890\r\n0\r\nX: y\r\n\r\n",
                POST + "TE: deflate, gzip;q=0.3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            })
    void whatIsFramedAsTheStandardSaysIsLeftAlone(String request) {
        assertThat(whole(request.repeat(3))).isEmpty();
        assertThat(byteByByte(request.repeat(3))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Transfer-Encoding: chunked~~100000005~12345~0~~ | size of a chunk",
                "Transfer-Encoding: chunked~~80000000~ | size of a chunk",
                "Transfer-Encoding: chunked~~~12345~0~~ | size of a chunk",
                "Transfer-Encoding: chunked~~0x5~12345~0~~ | size of a chunk",
                "Transfer-Encoding: chunked~~5 5~12345~0~~ | size of a chunk",
                "Transfer-Encoding: chunked~~5~123456~0~~ | longer than the size",
                "Content-Length: 5~Transfer-Encoding: chunked~~0~~ | sent together",
                "Transfer-Encoding: chunked~Content-Length: 5~~0~~ | sent together",
                "Transfer-Encoding: identity~~ | something else than `chunked`",
                "Transfer-Encoding: identity, chunked~~0~~ | something else than `chunked`",
                "Transfer-Encoding: chunked~Transfer-Encoding: identity~~0~~ | something else than `chunked`",
                "Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~ | something else than `chunked`",
                "TE: identity~Transfer-Encoding: chunked~~0~~ | TE: identity",
                "Content-Length: 5~Content-Length: 5~~12345 | more than once",
                "Content-Length: 5, 5~~12345 | not a number of bytes",
                "Content-Length: +5~~12345 | not a number of bytes",
                "X: a~ folded~~ | second line",
                "X: a~\tfolded~~ | second line",
                "Transfer-Encoding:~ chunked~~0~~ | second line",
                "Transfer-Encoding: chunked~~0~X: a~ folded~~ | second line",
                "X: a!b~~ | control character",
                "X: a^Content-Length: 5~~ | control character",
            })
    void Y17_whatCouldBeReadInTwoWaysIsRefused(String rest, String why) {
        String request = POST + rest.replace("~", "\r\n").replace('^', '\r').replace('!', '\0');

        assertThat(whole(request).orElseThrow().detail()).contains(why);
        assertThat(byteByByte("GET / HTTP/1.1\r\nHost: x\r\n\r\n" + request)
                        .orElseThrow()
                        .detail())
                .contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\n12345\r\n0\r\n\r\n", "5\r\n12345\n0\r\n\r\n"})
    void Y17_aLineOfAChunkedBodyEndsWithCrLf(String body) {
        assertThat(whole(POST + "Transfer-Encoding: chunked\r\n\r\n" + body)
                        .orElseThrow()
                        .detail())
                .contains("CR LF");
    }

    @Test
    void Y17_http10HasNoChunks() {
        assertThat(whole("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .isPresent();
    }

    @Test
    void linesThatNeverEndAreRefused() {
        assertThat(whole("GET /" + "x".repeat(40_000)).orElseThrow().status()).isEqualTo(414);
        assertThat(whole(POST + "X: " + "x".repeat(40_000)).orElseThrow().status())
                .isEqualTo(431);
        assertThat(whole(POST + "Transfer-Encoding: chunked\r\n\r\n5;" + "x".repeat(5_000))
                        .orElseThrow()
                        .status())
                .isEqualTo(400);
    }

    private static Optional<Problem> whole(String bytes) {
        return new RequestFraming().fault(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    }

    private static Optional<Problem> byteByByte(String bytes) {
        RequestFraming framing = new RequestFraming();
        Optional<Problem> fault = Optional.empty();
        for (int i = 0; i < bytes.length() && fault.isEmpty(); i++) {
            fault = framing.fault(Unpooled.copiedBuffer(bytes.substring(i, i + 1), StandardCharsets.ISO_8859_1));
        }
        return fault;
    }
}
