package dev.patchferry.foundation.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** A problem as bytes on the wire, for connections that did not get as far as the framework; their last answer. */
final class RawProblemResponse {
    private RawProblemResponse() {}

    static ByteBuf of(Problem problem) {
        byte[] body = json(problem).getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(HttpResponseStatus.valueOf(problem.status()))
                .append("\r\nContent-Type: " + Problem.MEDIA_TYPE)
                .append("\r\nContent-Length: ")
                .append(body.length)
                .append("\r\nConnection: close\r\n");
        SecurityHeaders.ALL.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return Unpooled.wrappedBuffer(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII), body);
    }

    private static String json(Problem problem) {
        try {
            return Json.MAPPER.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
