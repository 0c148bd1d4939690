package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Whether a request says the same in its headers as in its body, and everything that its version wants. */
final class RequestCheck {
    private RequestCheck() {}

    /** What is wrong with a request of 2026-07-28. */
    static Optional<RpcAnswer> fault(RpcMessage.Request request, RpcHeaders headers) {
        if (request.version().isEmpty()) {
            return invalid(request, "`params._meta` needs `io.modelcontextprotocol/protocolVersion`");
        }
        if (!request.meta("clientCapabilities").isObject()) {
            return invalid(request, "`params._meta` needs `io.modelcontextprotocol/clientCapabilities`, an object");
        }
        return differs(request, "MCP-Protocol-Version", headers.version(), request.version())
                .or(() -> differs(request, "Mcp-Method", headers.method(), Optional.of(request.method())))
                .or(() -> request.method().equals("tools/call")
                        ? differs(
                                request,
                                "Mcp-Name",
                                headers.name(),
                                text(request.params().path("name")))
                        : Optional.empty());
    }

    /** What is wrong with a request of an older version. */
    static Optional<RpcAnswer> olderFault(RpcMessage.Request request, RpcHeaders headers) {
        return request.version().isPresent() && headers.version().isPresent()
                ? differs(request, "MCP-Protocol-Version", headers.version(), request.version())
                : Optional.empty();
    }

    private static Optional<RpcAnswer> differs(
            RpcMessage.Request request, String header, Optional<String> sent, Optional<String> body) {
        if (sent.isPresent() && sent.equals(body)) {
            return Optional.empty();
        }
        String fault = sent.isEmpty()
                ? "The header " + header + " is missing"
                : "The header " + header + " does not say what the body says";
        return Optional.of(RpcAnswer.refused(request.id(), RpcAnswer.HEADER_MISMATCH, fault));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static Optional<RpcAnswer> invalid(RpcMessage.Request request, String message) {
        return Optional.of(RpcAnswer.refused(request.id(), RpcAnswer.INVALID_PARAMS, message));
    }
}
