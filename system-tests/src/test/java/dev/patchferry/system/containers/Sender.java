package dev.patchferry.system.containers;

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

/** Somebody with the submit token who sends patches to the published port and waits for how they end. */
record Sender(URI webhook, String token) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** The patch as it stands when the webhook answers: at its end, unless that takes more than 40 s. */
    JsonNode sendShell(String id, String command) throws IOException, InterruptedException {
        ObjectNode document = JSON.createObjectNode()
                .put("id", id)
                .put("role", "command_patch")
                .put("target_file", "-")
                .put("patch", command);
        return JSON.readTree(exchange(request("/webhook?wait=40")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(document.toString())))
                .body());
    }

    JsonNode read(String path) throws IOException, InterruptedException {
        return JSON.readTree(exchange(request(path)).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(webhook.resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
