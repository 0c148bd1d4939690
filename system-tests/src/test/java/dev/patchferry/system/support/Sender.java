package dev.patchferry.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Somebody with a token who talks to a service and waits for how patches end. Safe for use by several threads. */
public record Sender(URI service, String token) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** A document that runs a command. */
    public static ObjectNode shell(String id, String command) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("role", "command_patch")
                .put("target_file", "-")
                .put("patch", command);
    }

    /** The patch as it stands when the webhook answers: at its end, unless that takes more than 40 s. */
    public JsonNode sendShell(String id, String command) throws IOException, InterruptedException {
        return send(shell(id, command)).body();
    }

    /** Sends a document and waits, at most 40 s, for its end. */
    public Answer send(JsonNode document) throws IOException, InterruptedException {
        return post("/webhook?wait=40", document.toString());
    }

    /** Sends any body as JSON. */
    public Answer post(String path, String body) throws IOException, InterruptedException {
        return exchange(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    /** Approves what waits, as somebody does who has looked at all of it; the note may say more. */
    public Answer approve(String id, String comment) throws IOException, InterruptedException {
        ObjectNode note = JSON.createObjectNode().put("comment", comment).put("including_hidden", true);
        String changeSet = read("/patches/" + id).path("change_set").asText();
        if (!changeSet.isEmpty()) {
            note.put("change_set", changeSet);
        }
        return post("/patches/" + id + "/approve", note.toString());
    }

    /** The same without a word. */
    public Answer approve(String id) throws IOException, InterruptedException {
        return approve(id, "");
    }

    /** Sends a document in a signed message instead of with the token. */
    public Answer post(Signer signer, String message, JsonNode document) throws IOException, InterruptedException {
        String body = document.toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve("/webhook"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(body));
        signer.headers(message, body).forEach(request::header);
        return exchange(request);
    }

    /** Asks; the body is null unless it is JSON. */
    public Answer get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request(path).build(), BodyHandlers.ofString());
        boolean json = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Retry-After"),
                json ? JSON.readTree(response.body()) : JSON.nullNode());
    }

    public JsonNode read(String path) throws IOException, InterruptedException {
        return exchange(request(path)).body();
    }

    public String text(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param retryAfter the header
     */
    public record Answer(int status, Optional<String> retryAfter, JsonNode body) {}

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(60));
    }

    private static Answer exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(), response.headers().firstValue("Retry-After"), JSON.readTree(response.body()));
    }
}
