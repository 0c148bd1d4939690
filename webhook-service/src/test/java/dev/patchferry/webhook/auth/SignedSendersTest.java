package dev.patchferry.webhook.auth;

import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Samples.document;
import static dev.patchferry.webhook.Samples.read;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Senders that sign, at the running service. */
@QuarkusTest
@WithTestResource(WithRunner.class)
@TestProfile(SignedSendersTest.WithSecrets.class)
class SignedSendersTest {
    private static final byte[] KEY = "a key of enough bytes to sign".getBytes(StandardCharsets.US_ASCII);
    private static final String GITHUB = "a secret shared with github";

    RunnerDouble runner;

    @TestHTTPResource("/webhook")
    URI webhook;

    public static final class WithSecrets implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ferry.webhook-secret",
                    "whsec_" + Base64.getEncoder().encodeToString(KEY),
                    "ferry.github-secret",
                    GITHUB);
        }
    }

    @Test
    void aSignedMessageIsAPatchOfItsSender() {
        String body = document("signed", "echo ⛴ signed");
        post(signed("msg_signed", body), body).statusCode(202).body("duplicate", is(false));

        await().untilAsserted(() -> assertThat(runner.deliveries("signed"))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.getBodyAsString()).isEqualTo(body);
                    assertThat(request.getHeader("Ferry-Principal")).isEqualTo("webhook");
                    assertThat(request.getHeader("Ferry-Roles")).isEqualTo("submit");
                }));
        asOperator().get("/patches/signed").then().body("principal", is("webhook"));
    }

    @Test
    void theSameMessageAgainIsADuplicateAndWithAnotherBodyRefused() {
        String body = document("retried", "echo one");
        post(signed("msg_retried", body), body).statusCode(202);
        post(signed("msg_retried", body), body).statusCode(202).body("duplicate", is(true));

        String other = document("retried-2", "echo two");
        problem(post(signed("msg_retried", other), other), 409, "message-conflict")
                .body("detail", containsString("msg_retried"));

        problem(asOperator().get("/patches/retried-2").then(), 404, "patch-not-found");
        asOperator()
                .get("/audit?id=retried-2")
                .then()
                .body("records[0].outcome", is("message-conflict"))
                .body("records[0].principal", is("webhook"))
                .body("records[0].content_hash", is(read(other).hash().hex()));
        post(signed("msg_other", other), other).statusCode(202);
    }

    @Test
    void aDeliveryOfGithubIsTakenIfItIsAPatchAnd422IfNot() {
        String body = document("from-github", "echo hi");
        post(fromGithub(body), body).statusCode(202);
        asOperator().get("/patches/from-github").then().body("principal", is("github"));

        String push = "{\"ref\": \"refs/heads/main\", \"repository\": {\"id\": 1}}";
        problem(post(fromGithub(push), push), 422, "invalid-patch");
    }

    @Test
    void anEventOfGithubIsNamedAndItsPingAnswered() {
        String push = "{\"ref\": \"refs/heads/main\", \"repository\": {\"id\": 1}}";
        problem(post(fromGithub(push), push), 422, "invalid-patch")
                .body("detail", containsString("GitHub's event `push`, which is no patch"));

        String ping = "{\"zen\": \"Keep it logically awesome.\", \"hook_id\": 1}";
        Map<String, String> headers = new HashMap<>(fromGithub(ping));
        headers.put("X-GitHub-Event", "ping");
        post(headers, ping).statusCode(200).body("status", is("ok"));
        problem(post(headers, ping + " "), 401, "unauthenticated");
    }

    @Test
    void theHeadersOfSvixAreThoseOfStandardWebhooks() {
        String body = document("by-svix", "echo hi");
        Map<String, String> headers = signed("msg_svix", body).entrySet().stream()
                .collect(Collectors.toMap(header -> header.getKey().replace("webhook-", "svix-"), Map.Entry::getValue));

        post(headers, body).statusCode(202).body("duplicate", is(false));
        post(headers, body).statusCode(202).body("duplicate", is(true));
        problem(post(headers, body + " "), 401, "unauthenticated");
    }

    @Test
    void aWrongSignatureStoresNothingAndHearsNothingOfWhatIsWrongWithTheBody() {
        String body = document("forged", "echo hi");

        problem(post(signed("msg_forged", body + " "), body), 401, "unauthenticated")
                .header("WWW-Authenticate", "Bearer");
        problem(post(fromGithub(body + " "), body), 401, "unauthenticated");
        problem(
                post(signed("msg_forged", "{"), "no JSON").contentType("application/problem+json"),
                401,
                "unauthenticated");
        problem(
                given().headers(signed("msg_forged", body + " "))
                        .contentType("text/plain")
                        .body(body)
                        .post("/webhook")
                        .then(),
                401,
                "unauthenticated");

        problem(asOperator().get("/patches/forged").then(), 404, "patch-not-found");
    }

    @Test
    void tellsASenderWithAWrongClockWhatTheTimeIs() {
        String body = document("late", "echo hi");
        String early = Long.toString(Instant.now().getEpochSecond() - 400);

        problem(post(signed("msg_late", early, body), body), 401, "unauthenticated")
                .body("detail", containsString("more than 300 s"));
    }

    @Test
    void aTokenBesideASignatureIsRefusedThoughBothAreGood() {
        String body = document("both", "echo hi");

        problem(
                asSubmitter()
                        .headers(signed("msg_both", body))
                        .contentType("application/json")
                        .body(body)
                        .post("/webhook")
                        .then(),
                401,
                "unauthenticated");

        problem(asOperator().get("/patches/both").then(), 404, "patch-not-found");
    }

    @Test
    void aSignatureIsGoodForSendingAlone() {
        String body = document("senders-own", "echo hi");
        post(signed("msg_own", body), body).statusCode(202);

        problem(
                given().headers(signed("msg_get", ""))
                        .get("/patches/senders-own")
                        .then(),
                401,
                "unauthenticated");
        problem(
                given().headers(signed("msg_cancel", ""))
                        .post("/patches/senders-own/cancel")
                        .then(),
                401,
                "unauthenticated");
    }

    @Test
    void onlyJsonAndOnlyOneMebibyteAlsoIfSigned() {
        String body = document("as-text", "echo hi");
        problem(
                given().headers(signed("msg_text", body))
                        .contentType("text/plain")
                        .body(body)
                        .post("/webhook")
                        .then(),
                415,
                "unsupported-media-type");

        String large = "x".repeat(PatchDocument.MAX_BYTES + 1);
        problem(post(signed("msg_large", large), large), 413, "too-large");
    }

    @Test
    void aSignatureThatCannotBeOneIsRefusedBeforeTheBodyIsRead() throws IOException {
        try (Socket socket = new Socket(webhook.getHost(), webhook.getPort())) {
            socket.getOutputStream()
                    .write(("POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "webhook-id: a.b\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,x\r\n"
                                    + "Content-Length: 1000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();

            assertThat(status).startsWith("HTTP/1.1 401");
        }
    }

    private static ValidatableResponse post(Map<String, String> headers, String body) {
        RequestSpecification request = given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .headers(headers)
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8));
        return request.post("/webhook").then();
    }

    private static Map<String, String> signed(String id, String body) {
        return signed(id, Long.toString(Instant.now().getEpochSecond()), body);
    }

    private static Map<String, String> signed(String id, String timestamp, String body) {
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(hmac(KEY, id + "." + timestamp + "." + body)));
    }

    private static Map<String, String> fromGithub(String body) {
        return Map.of(
                "X-Hub-Signature-256",
                "sha256=" + HexFormat.of().formatHex(hmac(GITHUB.getBytes(StandardCharsets.UTF_8), body)),
                "X-GitHub-Event",
                "push");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
