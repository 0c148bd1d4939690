package dev.patchferry.webhook.mcp;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import dev.patchferry.webhook.WithRunner;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Messages as clients of both eras send them. */
final class Rpc {
    static final String MODERN = "2026-07-28";

    private Rpc() {}

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static RequestSpecification request() {
        return given().header("Authorization", "Bearer " + WithRunner.SUBMIT)
                .contentType("application/json")
                .accept("application/json, text/event-stream");
    }

    /** A message of the versions that begin with {@code initialize}. */
    static ValidatableResponse older(String method, ObjectNode params) {
        return request()
                .header("MCP-Protocol-Version", "2025-11-25")
                .body(message(method, params).toString())
                .post("/mcp")
                .then();
    }

    /** A message of 2026-07-28, with its headers. */
    static ValidatableResponse modern(String method, ObjectNode params) {
        RequestSpecification request =
                request().header("MCP-Protocol-Version", MODERN).header("Mcp-Method", method);
        if (params.has("name")) {
            request.header("Mcp-Name", params.get("name").asText());
        }
        return request.body(modernMessage(method, params).toString())
                .post("/mcp")
                .then();
    }

    static ObjectNode modernMessage(String method, ObjectNode params) {
        params.putObject("_meta")
                .put("io.modelcontextprotocol/protocolVersion", MODERN)
                .set("io.modelcontextprotocol/clientCapabilities", none());
        return message(method, params);
    }

    static ObjectNode message(String method, ObjectNode params) {
        ObjectNode message = none().put("jsonrpc", "2.0").put("id", 7).put("method", method);
        message.set("params", params);
        return message;
    }

    static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode call(String tool, String arguments) {
        ObjectNode params = none().put("name", tool);
        params.set("arguments", json(arguments));
        return params;
    }

    /** The result of a call of a tool. */
    static JsonNode result(String tool, String arguments) {
        return json(older("tools/call", call(tool, arguments))
                        .statusCode(200)
                        .extract()
                        .asString())
                .path("result");
    }

    /** What a tool answered, which is the same in both forms. */
    static JsonNode answer(String tool, String arguments) {
        JsonNode result = result(tool, arguments);
        JsonNode structured = result.path("structuredContent");
        if (!json(result.at("/content/0/text").asText()).equals(structured)) {
            throw new AssertionError("text and structured content differ: " + result);
        }
        return structured;
    }
}
