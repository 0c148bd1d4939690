package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A JSON-RPC answer and the HTTP status that it is sent with.
 *
 * @param body empty for a notification, which is not answered
 */
record RpcAnswer(int status, Optional<ObjectNode> body) {
    static final int PARSE_ERROR = -32_700;
    static final int INVALID_REQUEST = -32_600;
    static final int METHOD_NOT_FOUND = -32_601;
    static final int INVALID_PARAMS = -32_602;
    /** A header and the body say different things. */
    static final int HEADER_MISMATCH = -32_020;

    static final int UNSUPPORTED_VERSION = -32_022;

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;

    static RpcAnswer none() {
        return new RpcAnswer(ACCEPTED, Optional.empty());
    }

    static RpcAnswer result(JsonNode id, ObjectNode result) {
        ObjectNode body = envelope(id);
        body.set("result", result);
        return new RpcAnswer(OK, Optional.of(body));
    }

    /** An error of a request that was understood. */
    static RpcAnswer error(int status, JsonNode id, int code, String message) {
        ObjectNode body = envelope(id);
        body.putObject("error").put("code", code).put("message", message);
        return new RpcAnswer(status, Optional.of(body));
    }

    static RpcAnswer refused(JsonNode id, int code, String message) {
        return error(BAD_REQUEST, id, code, message);
    }

    static RpcAnswer unsupported(JsonNode id, String requested) {
        ObjectNode body = envelope(id);
        ObjectNode data = body.putObject("error")
                .put("code", UNSUPPORTED_VERSION)
                .put("message", "Unsupported protocol version")
                .putObject("data");
        ProtocolVersion.all().forEach(data.putArray("supported")::add);
        data.put("requested", requested);
        return new RpcAnswer(BAD_REQUEST, Optional.of(body));
    }

    private static ObjectNode envelope(JsonNode id) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        body.set("id", id.isMissingNode() ? JsonNodeFactory.instance.nullNode() : id);
        return body;
    }
}
