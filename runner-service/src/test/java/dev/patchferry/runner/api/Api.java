package dev.patchferry.runner.api;

import static io.restassured.RestAssured.given;

import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/** The runner's HTTP side as the webhook uses it. */
final class Api {
    private static final AtomicLong IDS = new AtomicLong();

    private Api() {}

    /** A request with the runner's token. */
    static RequestSpecification authorised() {
        return given().header("Authorization", "Bearer " + OwnHome.TOKEN);
    }

    static Response submit(PatchDocument document) {
        return body(document.json().toString()).post("/patch");
    }

    /** Sends a document and waits for its end. */
    static Response run(PatchDocument document) {
        return body(document.json().toString()).post("/patch?wait=30");
    }

    static RequestSpecification body(String json) {
        return authorised().contentType(ContentType.JSON).body(json);
    }

    /** An id that no other test of this application uses. */
    static String freshId() {
        return "patch-" + IDS.incrementAndGet();
    }

    static <T> T read(Response response, Class<T> type) {
        try {
            return Json.MAPPER.readValue(response.asByteArray(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
