package dev.patchferry.webhook.intake;

import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.get;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(WithRunner.class)
class WebhookTest {
    RunnerDouble runner;

    @TestHTTPResource("/webhook")
    URI webhook;

    @Test
    void storesAPatchAndSaysWhatToCallNext() {
        send(document("stored", "echo hi"))
                .statusCode(202)
                .header("Location", "/patches/stored")
                .body("id", is("stored"))
                .body("terminal", is(false))
                .body("workspace", is("default"))
                .body("duplicate", is(false))
                .body("links.self", is("/patches/stored"))
                .body("next", containsString("GET /patches/stored?wait=25"));
    }

    @Test
    void forwardsTheVeryBytesWithTheSenderVouchedFor() {
        String document = document("verbatim", "echo ⛴   spaced");
        send(document).statusCode(202);

        becomes("verbatim", "queued");

        assertThat(runner.deliveries("verbatim")).singleElement().satisfies(request -> {
            assertThat(request.getBodyAsString()).isEqualTo(document);
            assertThat(request.getHeader("Ferry-Principal")).isEqualTo("submit");
            assertThat(request.getHeader("Ferry-Roles")).isEqualTo("submit");
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + WithRunner.RUNNER);
        });
    }

    @Test
    void waitsForTheEndAndAnswersItWithTheReceipt() throws Exception {
        String document = document("waited", "echo hi");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<JsonPath> answer = threads.submit(() -> asSubmitter()
                    .contentType(ContentType.JSON)
                    .body(document)
                    .post("/webhook?wait=40")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath());
            becomes("waited", "queued");
            finish(document);

            assertThat(answer.get().getString("status")).isEqualTo("succeeded");
            assertThat(answer.get().getBoolean("terminal")).isTrue();
            assertThat(answer.get().getString("reason")).isEqualTo("because of succeeded");
            assertThat(answer.get().getInt("receipt.steps[0].exit_code")).isZero();
        }
    }

    @Test
    void answers202WhenTheWaitIsOverFirst() {
        asSubmitter()
                .contentType(ContentType.JSON)
                .body(document("impatient", "echo hi"))
                .post("/webhook?wait=1")
                .then()
                .statusCode(202)
                .body("terminal", is(false))
                .body("receipt", nullValue());
    }

    @Test
    void answers200ForADuplicateThatHasEnded() {
        String document = document("done", "echo hi");
        send(document).statusCode(202);
        finish(document);
        becomes("done", "succeeded");

        send(document).statusCode(200).body("duplicate", is(true)).body("receipt.outcome", is("succeeded"));
    }

    @Test
    void storesOnePatchForTwentyEqualOnesAtOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(20);
        Callable<JsonPath> sendOne = () -> {
            start.await();
            return send(document("twenty", "echo once"))
                    .statusCode(202)
                    .extract()
                    .jsonPath();
        };
        List<JsonPath> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(Collections.nCopies(20, sendOne)).stream()
                    .map(Future::resultNow)
                    .toList();
        }

        assertThat(answers).filteredOn(answer -> answer.getBoolean("duplicate")).hasSize(19);
        becomes("twenty", "queued");
        assertThat(runner.deliveries("twenty")).hasSize(1);
    }

    @Test
    void refusesOtherContentUnderAKnownIdAndChangesNothing() {
        send(document("taken", "echo one")).statusCode(202);

        problem(send(document("taken", "echo two")), 409, "id-conflict")
                .body("detail", containsString("`taken` was used on "))
                .body("detail", containsString(" with other content (now "))
                .body("detail", endsWith("Send it again under a new id, for example `taken-2`."))
                .body("patch_status", not(nullValue()));

        send(document("taken", "echo one")).body("duplicate", is(true));
    }

    @Test
    void aTimeoutIsPartOfTheContent() {
        String timed = document("timed", "echo one").replaceFirst("\\{", "{\"timeout_s\": 60, ");
        send(document("untimed", "echo one")).statusCode(202);
        send(timed).statusCode(202);

        problem(send(document("untimed", "echo one").replaceFirst("\\{", "{\"timeout_s\": 60, ")), 409, "id-conflict");
        problem(send(timed.replace("60", "61")), 409, "id-conflict");
        problem(send(document("timed", "echo one")), 409, "id-conflict");
        send(timed).body("duplicate", is(true));
        problem(send(timed.replace("60", "0")), 422, "invalid-patch")
                .body("errors.pointer", containsInAnyOrder("/timeout_s"));
    }

    @Test
    void saysLittleAboutAnIdThatSomebodyElseUsed() {
        asOperator()
                .contentType(ContentType.JSON)
                .body(document("operators", "echo hi"))
                .post("/webhook")
                .then()
                .statusCode(202);

        problem(send(document("operators", "echo hi")), 409, "id-conflict").body("patch_status", nullValue());
    }

    @Test
    void listsEveryFaultAtOnce() {
        problem(
                        send(
                                "{\"id\": \"-x\", \"workspace\": \"\", \"format\": \"x\", \"dry_run\": 3, \"patch\": \" \","
                                        + " \"role\": \"r\", \"target_file\": \"t\"}"),
                        422,
                        "invalid-patch")
                .body("errors.pointer", containsInAnyOrder("/id", "/workspace", "/format", "/dry_run", "/patch"));
    }

    @Test
    void saysThatOneRequestHoldsOneDocument() {
        problem(send(document("first-of-two", "echo hi") + document("second-of-two", "echo hi")), 400, "malformed-json")
                .body("detail", containsString("send one object per request"))
                .body("detail", not(containsString("jackson")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void readsUtf8Alone(String encoding) {
        problem(
                        asSubmitter()
                                .header("Content-Type", "application/json")
                                .body(document("utf16", "echo hi").getBytes(Charset.forName(encoding)))
                                .post("/webhook")
                                .then(),
                        400,
                        "malformed-json")
                .body("detail", containsString("Encode it as UTF-8"));
    }

    @Test
    void saysThatBodiesAreNotCompressed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(document("packed", "echo hi").getBytes(StandardCharsets.UTF_8));
        }

        problem(
                        asSubmitter()
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", "gzip")
                                .body(packed.toByteArray())
                                .post("/webhook")
                                .then(),
                        415,
                        "unsupported-media-type")
                .body("detail", containsString("without Content-Encoding"));
    }

    @Test
    void tellsWhereJsonWentWrong() {
        problem(send("{\"id\": \"x\",\n  \"role\" \"y\"}"), 400, "malformed-json")
                .body("detail", containsString("line 2, column "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", ""})
    void refusesAWaitThatIsNoNumberOfSeconds(String wait) {
        problem(
                asSubmitter()
                        .contentType(ContentType.JSON)
                        .body(document("never", "echo hi"))
                        .post("/webhook?wait=" + wait)
                        .then(),
                400,
                "bad-request");
        problem(get("/patches/never"), 404, "patch-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
    void wantsJson(String type) {
        problem(
                asSubmitter()
                        .header("Content-Type", type)
                        .body(document("form", "echo hi"))
                        .post("/webhook")
                        .then(),
                415,
                "unsupported-media-type");
    }

    @Test
    void takesJsonWithACharset() {
        asSubmitter()
                .header("Content-Type", "application/json; charset=utf-8")
                .body(document("charset", "echo hi"))
                .post("/webhook")
                .then()
                .statusCode(202);
    }

    @Test
    void countsABodyOfUnknownLengthWhileReading() throws IOException, InterruptedException {
        HttpResponse<String> answer = sendStream(new ByteArrayInputStream(new byte[PatchDocument.MAX_BYTES + 1]));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("urn:patchferry:problem:too-large");
    }

    @Test
    void takesABodyOfExactlyOneMebibyte() {
        String start = "{\"id\":\"full\",\"role\":\"command_patch\",\"target_file\":\"a\",\"patch\":\"";
        String document = start + "x".repeat(PatchDocument.MAX_BYTES - start.length() - 2) + "\"}";

        send(document).statusCode(202);

        problem(send(document + " "), 413, "too-large");
    }

    @Test
    void letsNobodyInWithoutAValidTokenAndStoresNothing() {
        problem(
                        given().contentType(ContentType.JSON)
                                .body(document("nobody", "x"))
                                .post("/webhook")
                                .then(),
                        401,
                        "unauthenticated")
                .header("WWW-Authenticate", "Bearer");
        problem(
                given().header("Authorization", "Bearer " + WithRunner.SUBMIT + "x")
                        .contentType(ContentType.JSON)
                        .body(document("nobody", "x"))
                        .post("/webhook")
                        .then(),
                401,
                "unauthenticated");
        problem(
                given().header("Authorization", "Basic " + WithRunner.SUBMIT)
                        .contentType(ContentType.JSON)
                        .body(document("nobody", "x"))
                        .post("/webhook")
                        .then(),
                401,
                "unauthenticated");

        problem(asOperator().get("/patches/nobody").then(), 404, "patch-not-found");
    }

    @Test
    void asksForTheTokenBeforeItReadsTheBody() throws IOException {
        try (Socket socket = new Socket(webhook.getHost(), webhook.getPort())) {
            socket.getOutputStream()
                    .write(("POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 1000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();

            assertThat(status).startsWith("HTTP/1.1 401");
        }
    }

    private HttpResponse<String> sendStream(InputStream body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(webhook)
                    .header("Authorization", "Bearer " + WithRunner.SUBMIT)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private void finish(String document) {
        runner.journal(document, PatchStatus.QUEUED);
        runner.journal(document, PatchStatus.RUNNING);
        runner.journal(document, PatchStatus.SUCCEEDED);
    }
}
