package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchId;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.auth.AuditedCall;
import dev.patchferry.webhook.store.RequestOrigin;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers one message of the protocol. A request that carries its version in {@code _meta} is of 2026-07-28, unless it names
 * an older one; any other is of the version in its header. {@code initialize} begins nothing here: what it agrees on comes
 * with every later request anyway.
 */
@Singleton
class McpServer {
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;
    /** The tools change when the service does. */
    private static final int TTL_MS = 300_000;

    private final Toolbox toolbox;

    McpServer(Toolbox toolbox) {
        this.toolbox = toolbox;
    }

    /** Whoever calls, from where, and who hears what has to be recorded of the call. */
    private record Context(Caller caller, RequestOrigin from, Consumer<AuditedCall> record) {}

    /**
     * Answers a message of this caller.
     *
     * @param record hears what a call of a tool came to, if the record of the service should say it
     */
    RpcAnswer answer(
            RpcMessage message, RpcHeaders headers, Caller caller, RequestOrigin from, Consumer<AuditedCall> record) {
        Context context = new Context(caller, from, record);
        return switch (message) {
            case RpcMessage.Silent() -> RpcAnswer.none();
            case RpcMessage.Wrong(RpcAnswer answer) -> answer;
            case RpcMessage.Request request -> answer(request, headers, context);
        };
    }

    private RpcAnswer answer(RpcMessage.Request request, RpcHeaders headers, Context context) {
        if (request.method().equals("initialize")) {
            return initialize(request);
        }
        String named = request.version().or(headers::version).orElse(ProtocolVersion.V2025_03_26.date());
        Optional<ProtocolVersion> version = ProtocolVersion.of(named);
        if (version.isEmpty()) {
            return RpcAnswer.unsupported(request.id(), named);
        }
        boolean standalone = version.get().isStandalone();
        Optional<RpcAnswer> fault =
                standalone ? RequestCheck.fault(request, headers) : RequestCheck.olderFault(request, headers);
        return fault.orElseGet(() -> standalone ? standalone(request, context) : older(request, context));
    }

    private RpcAnswer standalone(RpcMessage.Request request, Context context) {
        return switch (request.method()) {
            case "server/discover" -> RpcAnswer.result(request.id(), cacheable(discovery()));
            case "tools/list" -> RpcAnswer.result(request.id(), cacheable(toolbox.list()));
            case "tools/call" -> call(request, context, true);
            default -> unknown(NOT_FOUND, request);
        };
    }

    private RpcAnswer older(RpcMessage.Request request, Context context) {
        return switch (request.method()) {
            case "ping" -> RpcAnswer.result(request.id(), JsonNodeFactory.instance.objectNode());
            case "tools/list" -> RpcAnswer.result(request.id(), toolbox.list());
            case "tools/call" -> call(request, context, false);
            default -> unknown(OK, request);
        };
    }

    private static RpcAnswer unknown(int status, RpcMessage.Request request) {
        return RpcAnswer.error(
                status,
                request.id(),
                RpcAnswer.METHOD_NOT_FOUND,
                "Method not found: " + Cut.start(request.method(), 100));
    }

    private static RpcAnswer initialize(RpcMessage.Request request) {
        ProtocolVersion version = ProtocolVersion.negotiated(
                request.params().path("protocolVersion").asText());
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("protocolVersion", version.date());
        result.set("capabilities", ServerIdentity.capabilities());
        result.set("serverInfo", ServerIdentity.info());
        return RpcAnswer.result(request.id(), result.put("instructions", ServerIdentity.INSTRUCTIONS));
    }

    private static ObjectNode discovery() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ProtocolVersion.all().forEach(result.putArray("supportedVersions")::add);
        result.set("capabilities", ServerIdentity.capabilities());
        result.set("serverInfo", ServerIdentity.info());
        return result.put("instructions", ServerIdentity.INSTRUCTIONS);
    }

    private RpcAnswer call(RpcMessage.Request request, Context context, boolean standalone) {
        JsonNode name = request.params().path("name");
        Optional<Tool> tool = name.isTextual() ? toolbox.find(name.textValue()) : Optional.empty();
        if (tool.isEmpty()) {
            return RpcAnswer.error(
                    OK,
                    request.id(),
                    RpcAnswer.INVALID_PARAMS,
                    "Unknown tool: " + Cut.start(name.asText(), 128) + ". There are " + toolbox.names() + ".");
        }
        ToolResult done =
                toolbox.call(tool.get(), request.params().path("arguments"), context.caller(), context.from());
        done.audited()
                .map(what -> new AuditedCall(
                        name.textValue(),
                        what.patch().or(() -> named(request)),
                        what.status(),
                        what.outcome(),
                        what.detail()))
                .ifPresent(context.record());
        ObjectNode result = done.asJson();
        return RpcAnswer.result(request.id(), standalone ? complete(result) : result);
    }

    /** The patch that a call is about, which need not exist. */
    private static Optional<PatchId> named(RpcMessage.Request request) {
        return Optional.of(request.params().path("arguments").path("id").asText())
                .filter(PatchId::isValid)
                .map(PatchId::new);
    }

    /** What may be kept by whom: it may differ from caller to caller. */
    private static ObjectNode cacheable(ObjectNode result) {
        return complete(result).put("ttlMs", TTL_MS).put("cacheScope", "private");
    }

    private static ObjectNode complete(ObjectNode result) {
        result.put("resultType", "complete");
        result.putObject("_meta").set("io.modelcontextprotocol/serverInfo", ServerIdentity.info());
        return result;
    }
}
