package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import java.io.IOException;
import java.util.Optional;

/** What a body is. */
sealed interface RpcMessage {
    /**
     * Wants an answer.
     *
     * @param id a string or a number
     * @param params an object, or missing
     */
    record Request(JsonNode id, String method, JsonNode params) implements RpcMessage {
        private static final String META = "io.modelcontextprotocol/";

        /** What the client says about the request, below the protocol's own prefix. */
        JsonNode meta(String name) {
            return params.path("_meta").path(META + name);
        }

        Optional<String> version() {
            return Optional.of(meta("protocolVersion"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
        }
    }

    /** Wants none: a notification, or the answer to something that nobody asked here. */
    record Silent() implements RpcMessage {}

    /** Means nothing. */
    record Wrong(RpcAnswer answer) implements RpcMessage {}

    static RpcMessage read(byte[] body) {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return wrong(MissingNode.getInstance(), RpcAnswer.PARSE_ERROR, "Not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return wrong(MissingNode.getInstance(), RpcAnswer.PARSE_ERROR, "Not UTF-8: " + e.getMessage());
        }
        if (root.isArray()) {
            return wrong(
                    MissingNode.getInstance(),
                    RpcAnswer.INVALID_REQUEST,
                    "Batches are not supported: send one message per request");
        }
        if (!(root instanceof ObjectNode message)
                || !message.path("jsonrpc").asText().equals("2.0")) {
            return wrong(
                    MissingNode.getInstance(), RpcAnswer.INVALID_REQUEST, "Send one JSON-RPC 2.0 object per request");
        }
        return read(message);
    }

    private static RpcMessage read(ObjectNode message) {
        JsonNode id = message.path("id");
        JsonNode method = message.path("method");
        JsonNode params = message.path("params");
        if (method.isMissingNode() && (message.has("result") || message.has("error"))) {
            return new Silent();
        }
        if (!method.isTextual()) {
            return wrong(idOf(id), RpcAnswer.INVALID_REQUEST, "`method` must be a string");
        }
        if (id.isMissingNode()) {
            return method.textValue().startsWith("notifications/")
                    ? new Silent()
                    : wrong(id, RpcAnswer.INVALID_REQUEST, "A request needs an `id`; only notifications have none");
        }
        if (!id.isTextual() && !id.isIntegralNumber()) {
            return wrong(MissingNode.getInstance(), RpcAnswer.INVALID_REQUEST, "`id` must be a string or an integer");
        }
        if (!params.isMissingNode() && !params.isObject()) {
            return wrong(id, RpcAnswer.INVALID_PARAMS, "`params` must be an object");
        }
        return new Request(id, method.textValue(), params);
    }

    private static JsonNode idOf(JsonNode id) {
        return id.isTextual() || id.isIntegralNumber() ? id : MissingNode.getInstance();
    }

    private static Wrong wrong(JsonNode id, int code, String message) {
        return new Wrong(RpcAnswer.refused(id, code, message));
    }
}
