package dev.patchferry.webhook.status;

import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.get;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(WithRunner.class)
class PatchesTest {
    RunnerDouble runner;

    @Test
    void showsHistoryDeliveryAndReceipt() {
        String document = document("whole", "echo hi");
        send(document).statusCode(202);
        becomes("whole", "queued");
        runner.journal(document, PatchStatus.RUNNING);
        runner.journal(document, PatchStatus.SUCCEEDED);

        becomes("whole", "succeeded")
                .body("terminal", is(true))
                .body("principal", is("submit"))
                .body("history.status", contains("accepted", "queued", "running", "succeeded"))
                .body(
                        "history.reason",
                        contains(
                                "stored; waits to be forwarded to the runner",
                                "because of queued",
                                "because of running",
                                "because of succeeded"))
                .body("history.at[3]", notNullValue())
                .body("delivery.attempts.outcome", contains("delivered"))
                .body("delivery.attempts[0].http_status", is(202))
                .body("delivery.attempts[0].duration_ms", notNullValue())
                .body("delivery.next_attempt_at", nullValue())
                .body("receipt.summary", is("One command ran."))
                .body("receipt.steps[0].exit_code", is(0))
                .body("links.log", is("/patches/whole/log"));
    }

    @Test
    void waitsForTheEnd() {
        String document = document("awaited", "echo hi");
        send(document).statusCode(202);
        becomes("awaited", "queued");
        runner.journal(document, PatchStatus.CANCELLED);

        get("/patches/awaited?wait=40").statusCode(200).body("status", is("cancelled"));
    }

    @Test
    void showsNobodyElsesPatchesToASubmitterAndAllToAnOperator() {
        asOperator()
                .contentType(ContentType.JSON)
                .body(document("private", "echo hi", "secret-place"))
                .post("/webhook")
                .then()
                .statusCode(202);

        problem(get("/patches/private"), 404, "patch-not-found");
        problem(get("/patches/private/log"), 404, "patch-not-found");
        problem(get("/patches/private/diff"), 404, "patch-not-found");
        get("/patches?workspace=secret-place").statusCode(200).body("patches", is(List.of()));
        asOperator().get("/patches/private").then().statusCode(200).body("principal", is("operator"));
        asOperator().get("/patches?workspace=secret-place").then().body("patches.id", contains("private"));
    }

    @Test
    void listsInPagesThatLeadToTheNext() {
        for (int i = 1; i <= 5; i++) {
            send(document("page-" + i, "echo hi", "paged")).statusCode(202);
        }
        List<String> seen = new ArrayList<>();
        String path = "/patches?workspace=paged&limit=2";
        while (path != null) {
            var page = get(path).statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("patches.id", String.class));
            path = page.getString("next");
        }

        assertThat(seen).containsExactly("page-5", "page-4", "page-3", "page-2", "page-1");
    }

    @Test
    void listsByStatus() {
        String document = document("ends-cancelled", "echo hi", "by-status");
        send(document).statusCode(202);
        send(document("stays", "echo hi", "by-status")).statusCode(202);
        becomes("ends-cancelled", "queued");
        runner.journal(document, PatchStatus.CANCELLED);
        becomes("ends-cancelled", "cancelled");

        get("/patches?workspace=by-status&status=cancelled").body("patches.id", contains("ends-cancelled"));
    }

    @Test
    void listsBySeveralStatesBySenderAndInEitherOrder() {
        for (int i = 1; i <= 3; i++) {
            send(document("several-" + i, "echo hi", "several")).statusCode(202);
            becomes("several-" + i, "queued");
        }
        asOperator()
                .contentType(ContentType.JSON)
                .body(document("several-4", "echo hi", "several"))
                .post("/webhook");
        becomesForOperator("several-4", "queued");
        runner.journal(document("several-2", "echo hi", "several"), PatchStatus.CANCELLED);
        becomes("several-2", "cancelled");

        asOperator()
                .get("/patches?workspace=several&status=cancelled,queued&principal=submit&order=oldest")
                .then()
                .body("patches.id", contains("several-1", "several-2", "several-3"));
        var page = asOperator()
                .get("/patches?workspace=several&principal=submit&order=oldest&limit=2")
                .then()
                .body("patches.id", contains("several-1", "several-2"))
                .extract()
                .jsonPath();
        asOperator().get(page.getString("next")).then().body("patches.id", contains("several-3"));
        get("/patches?principal=submit&workspace=several&status=cancelled").body("patches.id", contains("several-2"));
        problem(get("/patches?principal=operator"), 403, "forbidden");
    }

    private static void becomesForOperator(String id, String status) {
        await().untilAsserted(() -> asOperator().get("/patches/" + id).then().body("status", is(status)));
    }

    @Test
    void keepsTheLargestPageBelowNinetyThousandCharacters() {
        String longest = "x".repeat(120);
        for (int i = 0; i < 201; i++) {
            send(document(longest + i, "echo hi", "w".repeat(64))).statusCode(202);
        }

        String page =
                get("/patches?limit=999&workspace=" + "w".repeat(64)).extract().asString();

        assertThat(page).hasSizeLessThan(90_000);
        assertThat(page.split("\"id\"", -1)).hasSize(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=nonsense",
                "status=queued,",
                "order=backwards",
                "workspace=UPPER",
                "limit=x",
                "limit=-1",
                "after=x",
                "after=-"
            })
    void refusesParametersThatMeanNothing(String parameters) {
        problem(get("/patches?" + parameters), 400, "bad-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/patches/never-sent", "/patches/-x", "/patches/a%20b"})
    void knowsNothingOfOtherIds(String path) {
        asSubmitter()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void answersNothingWithoutAToken() {
        for (String path : List.of("/patches", "/patches/x", "/patches/x/log", "/patches/x/diff", "/workspaces")) {
            problem(given().get(path).then(), 401, "unauthenticated").header("WWW-Authenticate", "Bearer");
        }
    }

    @Test
    void leavesActionsToOperators() {
        send(document("mine", "echo hi")).statusCode(202);

        problem(asSubmitter().post("/patches/mine/execute").then(), 403, "forbidden");
        problem(asSubmitter().post("/patches/mine/redeliver").then(), 403, "forbidden");
        problem(given().post("/patches/mine/execute").then(), 401, "unauthenticated");
    }

    @Test
    void deliversOnlyAnUndeliverablePatchAgain() {
        send(document("delivered", "echo hi")).statusCode(202);
        becomes("delivered", "queued");

        problem(asOperator().post("/patches/delivered/redeliver").then(), 409, "wrong-state")
                .body("patch_status", is("queued"))
                .body("detail", containsString("undeliverable"));
    }
}
