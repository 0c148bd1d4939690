package dev.patchferry.webhook.audit;

import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static dev.patchferry.webhook.Samples.read;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

/** What an operator can find out afterwards. */
@QuarkusTest
@WithTestResource(WithRunner.class)
class AuditTest {
    RunnerDouble runner;

    @Test
    void tellsHowAPatchWentFromItsAcceptanceToItsEnd() {
        String document = document("audited", "echo hi");
        send(document).statusCode(202);
        becomes("audited", "queued");
        runner.journal(document, PatchStatus.RUNNING);
        runner.journal(document, PatchStatus.SUCCEEDED);
        becomes("audited", "succeeded");

        audit("?id=audited")
                .body("records.kind", is(List.of("accepted", "state", "state", "state")))
                .body("records[0].address", is("127.0.0.1"))
                .body("records.outcome", is(List.of("accepted", "queued", "running", "succeeded")))
                .body("records.principal", everyItem(is("submit")))
                .body("records.patch_id", everyItem(is("audited")))
                .body("records.content_hash", everyItem(not(empty())))
                .body("more", is(false));
    }

    @Test
    void comesNewestFirstOnRequestInPagesThatLeadToTheNext() {
        for (int i = 1; i <= 4; i++) {
            send(document("audit-order-" + i, "echo hi")).statusCode(202);
            becomes("audit-order-" + i, "queued");
        }
        List<String> forwards = new ArrayList<>();
        String end = placesOfAll("?limit=100", forwards);
        List<String> backwards = new ArrayList<>();

        placesOfAll("?order=newest&limit=3&after=" + end, backwards);

        assertThat(backwards).hasSizeGreaterThan(7).containsExactlyElementsOf(forwards.reversed());
        audit("?order=newest&id=audit-order-4").body("records.outcome", is(List.of("queued", "accepted")));
        audit("?order=newest&limit=1").body("records", hasSize(1)).body("more", is(true));
        problem(asOperator().get("/audit?order=up").then(), 400, "bad-request");
    }

    /** Adds the place, kind and outcome of each record of every page; where the last page ended. */
    private static String placesOfAll(String query, List<String> all) {
        String first = query;
        while (true) {
            var page = audit(query).extract().jsonPath();
            for (Map<String, Object> each : page.<Map<String, Object>>getList("records")) {
                all.add(each.get("place") + " " + each.get("kind") + " " + each.get("outcome"));
            }
            if (!page.getBoolean("more")) {
                return page.getString("next");
            }
            query = first.replaceAll("&after=.*", "") + "&after=" + page.getString("next");
        }
    }

    @Test
    void tellsWhoAskedForWhat() {
        try (RunnerDouble.Refusal stuck = runner.refuseDeliveries("audit-lane")) {
            assertThat(stuck).isNotNull();
            send(document("audit-head", "echo hi", "audit-lane")).statusCode(202);
            send(document("audit-behind", "echo hi", "audit-lane")).statusCode(202);
            asOperator().post("/patches/audit-behind/cancel").then().statusCode(200);
        }

        audit("?id=audit-behind&kind=action")
                .body("records.outcome", is(List.of("cancel")))
                .body("records[0].principal", is("operator"))
                .body("records[0].address", is("127.0.0.1"))
                .body("records[0].detail", is("done"));
    }

    @Test
    void tellsWhoWasRefusedAndWhyWithoutWhatTheySent() {
        given().header("Authorization", "Bearer ferry_" + "guess".repeat(9))
                .header("CF-Connecting-IP", "203.0.113.9")
                .get("/patches")
                .then()
                .statusCode(401);
        asSubmitter().post("/patches/nothing/execute").then().statusCode(403);
        send(document("audit-conflict", "echo 1")).statusCode(202);
        send(document("audit-conflict", "echo 2")).statusCode(409);

        awaitOutcomes("?kind=refused&limit=100", hasItems("unauthenticated", "forbidden", "id-conflict"));
        String all = audit("?kind=refused&limit=100")
                .body("records.forwarded_for", hasItem("203.0.113.9"))
                .body("records.find { it.outcome == 'id-conflict' }.principal", is("submit"))
                .body("records.find { it.outcome == 'id-conflict' }.detail", containsString("audit-conflict"))
                .extract()
                .asString();
        assertThat(all).doesNotContain("guess");
    }

    @Test
    void tellsWhereAPatchCameFromBehindATunnel() {
        asSubmitter()
                .header("CF-Connecting-IP", "203.0.113.7")
                .contentType("application/json")
                .body(document("audit-tunnelled", "echo hi"))
                .post("/webhook")
                .then()
                .statusCode(202);

        audit("?id=audit-tunnelled&kind=accepted")
                .body("records.address", is(List.of("127.0.0.1")))
                .body("records.forwarded_for", is(List.of("203.0.113.7")));
    }

    @Test
    void tellsWhichPatchARefusalWasAbout() {
        send(document("audit-taken", "echo 1")).statusCode(202);
        String other = document("audit-taken", "echo 2");
        send(other).statusCode(409);
        send("{\"id\": \"audit-faulty\", \"role\": 7, \"target_file\": \"a\", \"patch\": \"x\"}")
                .statusCode(422);
        asSubmitter().post("/patches/audit-taken/execute").then().statusCode(403);

        awaitOutcomes("?id=audit-taken&kind=refused", is(List.of("id-conflict", "forbidden")));
        audit("?id=audit-taken&kind=refused")
                .body("records.principal", everyItem(is("submit")))
                .body("records[0].content_hash", is(read(other).hash().hex()));
        audit("?id=audit-faulty")
                .body("records.outcome", is(List.of("invalid-patch")))
                .body("records[0].principal", is("submit"));
    }

    @Test
    void pagesFollowEachOtherWithoutGapsOrRepeats() {
        for (int i = 0; i < 7; i++) {
            send(document("audit-page-" + i, "echo hi")).statusCode(202);
        }
        List<String> places = new ArrayList<>();
        String after = "0-0";
        ValidatableResponse page;
        do {
            page = audit("?kind=accepted&limit=3&after=" + after);
            places.addAll(page.extract().path("records.patch_id"));
            after = page.extract().path("next");
        } while (page.extract().<Boolean>path("more"));

        assertThat(places)
                .doesNotHaveDuplicates()
                .contains("audit-page-0", "audit-page-1", "audit-page-2", "audit-page-3", "audit-page-6");
    }

    @Test
    void theWholeRecordCanBeHadAsLines() throws IOException {
        send(document("audit-line", "echo hi")).statusCode(202);

        String lines = asOperator()
                .accept("application/x-ndjson")
                .get("/audit")
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();

        List<String> ids = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            ids.add(Json.MAPPER.readTree(line).path("patch_id").asText());
        }
        assertThat(ids).contains("audit-line");
        assertThat(asOperator().get("/audit?format=jsonl&limit=2").asString().lines())
                .hasSize(2);
    }

    @Test
    void isForOperatorsAlone() {
        problem(asSubmitter().get("/audit").then(), 403, "forbidden");
        problem(given().get("/audit").then(), 401, "unauthenticated");
    }

    @Test
    void nothingInItCanBeChanged() {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            asOperator().request(method, "/audit").then().statusCode(405);
        }
    }

    @Test
    void aParameterThatMeansNothingIsNamed() {
        problem(asOperator().get("/audit?after=x").then(), 400, "bad-request");
        problem(asOperator().get("/audit?limit=0").then(), 400, "bad-request");
        problem(asOperator().get("/audit?format=xml").then(), 400, "bad-request");
        problem(asOperator().get("/audit?kind=things").then(), 400, "bad-request");
    }

    /** A refusal is answered before it is noted. */
    private static void awaitOutcomes(String query, Matcher<?> outcomes) {
        await().untilAsserted(() -> audit(query).body("records.outcome", outcomes));
    }

    private static ValidatableResponse audit(String query) {
        return asOperator().get("/audit" + query).then().statusCode(200);
    }
}
