package dev.patchferry.webhook.mcp;

import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.mcp.Rpc.answer;
import static dev.patchferry.webhook.mcp.Rpc.call;
import static dev.patchferry.webhook.mcp.Rpc.modern;
import static dev.patchferry.webhook.mcp.Rpc.modernMessage;
import static dev.patchferry.webhook.mcp.Rpc.none;
import static dev.patchferry.webhook.mcp.Rpc.older;
import static dev.patchferry.webhook.mcp.Rpc.request;
import static dev.patchferry.webhook.mcp.Rpc.result;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.Http;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.Samples;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /mcp} in both eras. */
@QuarkusTest
@WithTestResource(WithRunner.class)
class McpTest {
    private static final String[] TOOLS = {
        "list_workspaces",
        "list_files",
        "read_file",
        "search_files",
        "get_patch",
        "get_patch_log",
        "get_patch_diff",
        "list_patches",
        "try_command",
        "run_command",
        "apply_patch",
        "edit_files",
        "write_files",
        "cancel_patch",
        "undo_patch"
    };

    RunnerDouble runner;

    @Test
    void discoversWhatItIsWithoutAHandshake() {
        modern("server/discover", none())
                .statusCode(200)
                .contentType("application/json")
                .body("id", is(7))
                .body("result.resultType", is("complete"))
                .body("result.supportedVersions", contains("2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"))
                .body("result.capabilities.tools", notNullValue())
                .body("result.ttlMs", is(300_000))
                .body("result.cacheScope", is("private"))
                .body("result._meta.'io.modelcontextprotocol/serverInfo'.name", is("patch-ferry"));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25, 2025-11-25",
        "2025-06-18, 2025-06-18",
        "2025-03-26, 2025-03-26",
        "2026-07-28, 2025-11-25",
        "1999-01-01, 2025-11-25"
    })
    void initializesEachOlderVersionAndKeepsNoSession(String asked, String agreed) {
        String session = older("initialize", none().put("protocolVersion", asked))
                .statusCode(200)
                .body("result.protocolVersion", is(agreed))
                .body("result.serverInfo.name", is("patch-ferry"))
                .body("result.instructions", containsString("next"))
                .extract()
                .header("Mcp-Session-Id");

        assertThat(session).isNull();
    }

    @Test
    void answersNotificationsWithNothingAndPingWithAnEmptyResult() {
        request()
                .body("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}")
                .post("/mcp")
                .then()
                .statusCode(202)
                .body(emptyString());
        older("ping", none()).statusCode(200).body("result.size()", is(0));
    }

    @Test
    void listsTheSameToolsInTheSameOrderInBothEras() {
        older("tools/list", none()).statusCode(200).body("result.tools.name", contains(TOOLS));
        modern("tools/list", none())
                .statusCode(200)
                .body("result.tools.name", contains(TOOLS))
                .body("result.cacheScope", is("private"));
    }

    @Test
    void tellsOfEachToolWhatAClientWantsToKnow() {
        JsonNode tools =
                Rpc.json(older("tools/list", none()).extract().asString()).at("/result/tools");

        assertThat(tools).allSatisfy(tool -> {
            assertThat(tool.path("name").asText()).matches("[a-z_]{1,63}");
            assertThat(tool.path("title").asText()).isNotBlank();
            assertThat(tool.path("description").asText()).hasSizeBetween(40, 1_000);
            for (String hint : new String[] {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}) {
                assertThat(tool.at("/annotations/" + hint).isBoolean()).isTrue();
            }
            assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object");
            assertThat(tool.at("/inputSchema/additionalProperties").isBoolean()).isTrue();
            assertThat(tool.at("/outputSchema/type").asText()).isEqualTo("object");
        });
        assertThat(tools).noneMatch(tool -> tool.path("name").asText().matches(".*(approve|deny|execute).*"));
    }

    @Test
    void refusesHeadersThatDoNotSayWhatTheBodySays() {
        String body = modernMessage("tools/call", call("list_patches", "{}")).toString();

        request()
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "list_patches")
                .body(body)
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.code", is(-32_020))
                .body("id", is(7));
        request()
                .header("MCP-Protocol-Version", Rpc.MODERN)
                .header("Mcp-Method", "tools/list")
                .header("Mcp-Name", "list_patches")
                .body(body)
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.code", is(-32_020))
                .body("error.message", containsString("Mcp-Method"));
        request()
                .header("MCP-Protocol-Version", Rpc.MODERN)
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "run_command")
                .body(body)
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.message", containsString("Mcp-Name"));
        request()
                .header("MCP-Protocol-Version", Rpc.MODERN)
                .header("Mcp-Method", "tools/list")
                .body(Rpc.message("tools/list", none()).toString())
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.code", is(-32_602));
    }

    @Test
    void takesANameInBase64() {
        request()
                .header("MCP-Protocol-Version", Rpc.MODERN)
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "=?base64?bGlzdF9wYXRjaGVz?=")
                .body(modernMessage("tools/call", call("list_patches", "{}")).toString())
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("result.isError", is(false));
    }

    @Test
    void namesTheVersionsThatItSpeaksToAnyOther() {
        request()
                .header("MCP-Protocol-Version", "1999-01-01")
                .body(Rpc.message("tools/list", none()).toString())
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.code", is(-32_022))
                .body("error.data.supported", hasItem("2026-07-28"))
                .body("error.data.requested", is("1999-01-01"));
    }

    @Test
    void answersAMethodThatThereIsNotByTheRulesOfEachEra() {
        modern("resources/list", none()).statusCode(404).body("error.code", is(-32_601));
        modern("ping", none()).statusCode(404).body("error.code", is(-32_601));
        older("resources/list", none()).statusCode(200).body("error.code", is(-32_601));
        older("server/discover", none()).statusCode(200).body("error.code", is(-32_601));
    }

    @Test
    void hasNoStreamAndNoSessionToEnd() {
        problem(request().get("/mcp").then(), 405, "method-not-allowed").header("Allow", is("OPTIONS, POST"));
        problem(request().delete("/mcp").then(), 405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1.evil.example", "not a uri", ""})
    void refusesPagesOfOtherOrigins(String origin) {
        problem(
                request()
                        .header("Origin", origin)
                        .body(Rpc.message("ping", none()).toString())
                        .post("/mcp")
                        .then(),
                403,
                "forbidden");
    }

    @Test
    void letsPagesOfThisMachineInWithAToken() {
        request()
                .header("Origin", "http://localhost:6274")
                .body(Rpc.message("ping", none()).toString())
                .post("/mcp")
                .then()
                .statusCode(200);
        problem(
                given().header("Origin", "http://localhost:6274")
                        .contentType("application/json")
                        .body(Rpc.message("ping", none()).toString())
                        .post("/mcp")
                        .then(),
                401,
                "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"jsonrpc\": | -32700",
                "'' | -32600",
                "[{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}] | -32600",
                "{\"id\": 1, \"method\": \"ping\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": null, \"method\": \"ping\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"method\": \"tools/call\"} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": 5} | -32600",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"id\": 2, \"method\": \"ping\"} | -32700",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\", \"params\": []} | -32602"
            })
    void refusesWhatIsNoMessage(String body, int code) {
        request().body(body).post("/mcp").then().statusCode(400).body("error.code", is(code));
    }

    @Test
    void refusesABodyThatIsTooLargeOrNotJson() {
        String huge = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"" + "x".repeat(1 << 20) + "\"}";

        problem(request().body(huge).post("/mcp").then(), 413, "too-large");
        problem(
                given().header("Authorization", "Bearer " + WithRunner.SUBMIT)
                        .contentType("text/plain")
                        .body("{}")
                        .post("/mcp")
                        .then(),
                415,
                "unsupported-media-type");
    }

    @Test
    void refusesUnknownToolsAndArgumentsByName() {
        older("tools/call", call("approve_patch", "{}"))
                .statusCode(200)
                .body("error.code", is(-32_602))
                .body("error.message", containsString("approve_patch"));

        assertThat(answer("list_patches", "{\"limit\": 1, \"status\": null}").has("patches"))
                .isTrue();

        JsonNode wrong = result("run_command", "{\"comand\": \"true\", \"wait\": \"long\", \"base\": {\"a\": 1}}");

        assertThat(wrong.path("isError").asBoolean()).isTrue();
        assertThat(wrong.at("/structuredContent/code").asText()).isEqualTo("invalid_arguments");
        assertThat(wrong.at("/structuredContent/summary").asText())
                .contains("`comand` is no argument", "`command` is required", "`wait` must be an integer", "`base.a`");
    }

    @Test
    void theSameContentIsTheSamePatchUntilItHasEnded() {
        String arguments = "{\"command\": \"echo once\", \"workspace\": \"default\", \"wait\": 0}";

        JsonNode first = answer("run_command", arguments);
        JsonNode second = answer("run_command", arguments);
        String id = first.path("id").asText();

        assertThat(second.path("id").asText()).isEqualTo(id);
        assertThat(second.path("duplicate").asBoolean()).isTrue();
        end(id, "echo once");
        JsonNode third = answer("run_command", arguments);
        assertThat(third.path("id").asText()).isNotEqualTo(id);
        assertThat(third.has("duplicate")).isFalse();
    }

    @Test
    void anIdOfOnesOwnIsUsedOnceForOneContent() {
        String first = "{\"id\": \"mcp-own\", \"command\": \"echo 1\", \"workspace\": \"default\", \"wait\": 0}";
        answer("run_command", first);

        JsonNode other = result("run_command", first.replace("echo 1", "echo 2"));

        assertThat(other.path("isError").asBoolean()).isTrue();
        assertThat(other.at("/structuredContent/code").asText()).isEqualTo("id_conflict");
        assertThat(other.at("/structuredContent/next").asText()).contains("mcp-own-2");
    }

    @Test
    void usesTheOnlyWorkspaceAndAsksWhenThereAreSeveral() {
        try (RunnerDouble.Refusal one = workspaces("[{\"name\": \"site\", \"usable\": true}]")) {
            assertThat(one).isNotNull();
            assertThat(answer("run_command", "{\"command\": \"echo only\", \"wait\": 0}")
                            .path("workspace")
                            .asText())
                    .isEqualTo("site");
        }
        try (RunnerDouble.Refusal two = workspaces("[{\"name\": \"site\"}, {\"name\": \"docs\"}]")) {
            assertThat(two).isNotNull();
            assertThat(answer("run_command", "{\"command\": \"echo which\", \"wait\": 0}")
                            .path("next")
                            .asText())
                    .contains("list_workspaces");
        }
    }

    @Test
    void listsWorkspacesAndPatches() {
        try (RunnerDouble.Refusal one = workspaces("[{\"name\": \"site\", \"usable\": true, \"path\": \"/srv\"}]")) {
            assertThat(one).isNotNull();
            JsonNode workspaces = answer("list_workspaces", "{}").path("workspaces");
            assertThat(workspaces.findValuesAsText("name")).containsExactly("site");
            assertThat(workspaces.findValuesAsText("path")).isEmpty();
        }
        answer(
                "run_command",
                "{\"id\": \"mcp-list\", \"command\": \"echo l\", \"workspace\": \"default\", \"wait\": 0}");

        JsonNode page = answer("list_patches", "{\"limit\": 1}");

        assertThat(page.path("patches").findValuesAsText("id")).containsExactly("mcp-list");
    }

    @Test
    void readsFilesAndBoundsWhatItShows() {
        String content = "a line of a file\n".repeat(4_000);
        try (RunnerDouble.Refusal file =
                        runner.answerForNow(WireMock.get(WireMock.urlPathEqualTo("/workspaces/site/file"))
                                .withQueryParam("path", WireMock.equalTo("a.txt"))
                                .withQueryParam("start_line", WireMock.equalTo("3"))
                                .willReturn(WireMock.okJson(none().put("content", content)
                                        .put("sha256", "0".repeat(64))
                                        .put("start_line", 3)
                                        .put("end_line", 4_002)
                                        .put("total_lines", 4_002)
                                        .toString())));
                RunnerDouble.Refusal files =
                        runner.answerForNow(WireMock.get(WireMock.urlPathEqualTo("/workspaces/site/files"))
                                .withQueryParam("limit", WireMock.equalTo("200"))
                                .willReturn(WireMock.okJson(
                                        "{\"entries\": [{\"path\": \"a\"}], \"complete\": false, \"next\": \"a\"}")))) {
            assertThat(file).isNotSameAs(files);

            JsonNode shown = answer("read_file", "{\"workspace\": \"site\", \"path\": \"a.txt\", \"start_line\": 3}");
            JsonNode listed = answer("list_files", "{\"workspace\": \"site\"}");

            assertThat(shown.path("content").asText()).endsWith("file\n").hasSizeLessThan(45_000);
            assertThat(shown.path("next_line").asInt())
                    .isEqualTo(3 + (int) shown.path("content").asText().lines().count());
            assertThat(listed.path("next_after").asText()).isEqualTo("a");
            assertThat(listed.has("next")).isFalse();
        }
    }

    @Test
    void sendsEachFormAsADocumentOfItsOwn() {
        answer(
                "write_files",
                "{\"id\": \"mcp-write\", \"workspace\": \"default\", \"wait\": 0,"
                        + " \"files\": [{\"path\": \"a.sh\", \"content\": \"x\", \"mode\": \"0755\"}]}");
        answer(
                "edit_files",
                "{\"id\": \"mcp-edit\", \"workspace\": \"default\", \"wait\": 0, \"dry_run\": true,"
                        + " \"edits\": [{\"path\": \"a\", \"old\": \"b\", \"new\": \"c\"}]}");
        answer(
                "run_command",
                "{\"id\": \"mcp-cwd\", \"workspace\": \"default\", \"wait\": 0, \"command\": \"ls\", \"cwd\": \"it's\"}");

        answer(
                "try_command",
                "{\"id\": \"mcp-try\", \"workspace\": \"default\", \"wait\": 0, \"command\": \"make test\"}");

        assertThat(delivered("mcp-try").path("dry_run").asBoolean()).isTrue();
        assertThat(delivered("mcp-write").at("/mutations/0/contents").asText()).isEqualTo("x");
        assertThat(delivered("mcp-write").at("/mutations/0/mode").asText()).isEqualTo("0755");
        assertThat(delivered("mcp-edit").at("/mutations/0/old").asText()).isEqualTo("b");
        assertThat(delivered("mcp-edit").path("dry_run").asBoolean()).isTrue();
        assertThat(delivered("mcp-cwd").path("patch").asText()).isEqualTo("cd -- 'it'\\''s' || exit\nls");
    }

    @Test
    void recordsWhatWasDoneAndWhatWasRefused() {
        try (RunnerDouble.Refusal stuck = runner.refuseDeliveries("mcp-lane")) {
            assertThat(stuck).isNotNull();
            answer(
                    "run_command",
                    "{\"id\": \"mcp-head\", \"command\": \"a\", \"workspace\": \"mcp-lane\", \"wait\": 0}");
            answer(
                    "run_command",
                    "{\"id\": \"mcp-gone\", \"command\": \"b\", \"workspace\": \"mcp-lane\", \"wait\": 0}");

            assertThat(answer("cancel_patch", "{\"id\": \"mcp-gone\"}")
                            .path("status")
                            .asText())
                    .isEqualTo("cancelled");
        }
        Http.asOperator()
                .get("/audit?id=mcp-gone")
                .then()
                .body("records.outcome", hasItem("cancel"))
                .body("records.principal", everyItem(is("submit")));
    }

    @Test
    void recordsARefusalWithTheStatusThatRestHasForIt() {
        try (RunnerDouble.Refusal stuck = runner.refuseDeliveries("mcp-end")) {
            assertThat(stuck).isNotNull();
            answer("run_command", "{\"id\": \"mcp-e1\", \"command\": \"a\", \"workspace\": \"mcp-end\", \"wait\": 0}");
            result("run_command", "{\"id\": \"mcp-e1\", \"command\": \"b\", \"workspace\": \"mcp-end\", \"wait\": 0}");
        }
        // A refusal is noted right after its answer.
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(25))
                .untilAsserted(() -> Http.asOperator()
                        .get("/audit?kind=refused&id=mcp-e1")
                        .then()
                        .body("records.outcome", hasItem("id-conflict"))
                        .body("records.detail", hasItem(containsString("409 to run_command"))));
    }

    @Test
    void tellsOfSomebodyElsesPatchAsOfNone() {
        Http.asOperator()
                .contentType("application/json")
                .body(Samples.document("mcp-not-yours", "echo hi"))
                .post("/webhook");

        for (String tool :
                new String[] {"get_patch", "get_patch_log", "get_patch_diff", "cancel_patch", "undo_patch"}) {
            JsonNode refused = result(tool, "{\"id\": \"mcp-not-yours\"}");
            assertThat(refused.path("isError").asBoolean()).isTrue();
            assertThat(refused.at("/structuredContent/code").asText()).isEqualTo("no_such_patch");
        }
    }

    @Test
    void pagesALongLogAndFindsLinesInIt() {
        answer("run_command", "{\"id\": \"mcp-log\", \"command\": \"c\", \"workspace\": \"default\", \"wait\": 0}");
        becomes("mcp-log", "queued");
        String log = "one\nneedle \u001b[1m\"quoted\"\nthree\n".repeat(8_000);
        runner.answer(WireMock.get(WireMock.urlPathEqualTo("/patches/mcp-log/log"))
                .willReturn(WireMock.okForContentType("text/plain", log)));

        String page = older("tools/call", call("get_patch_log", "{\"id\": \"mcp-log\", \"offset\": 0}"))
                .extract()
                .asString();
        JsonNode found = answer("get_patch_log", "{\"id\": \"mcp-log\", \"match\": \"NEEDLE\", \"context\": 1}");

        assertThat(page.length()).isLessThan(90_000);
        assertThat(Rpc.json(page).at("/result/structuredContent/next_offset").asInt())
                .isPositive();
        assertThat(found.path("text").asText()).startsWith("1: one\n2: needle").contains("5: needle");
        assertThat(found.path("cut").asBoolean()).isTrue();
    }

    private RunnerDouble.Refusal workspaces(String list) {
        return runner.answerForNow(
                WireMock.get(WireMock.urlPathEqualTo("/workspaces")).willReturn(WireMock.okJson(list)));
    }

    private JsonNode delivered(String id) {
        becomes(id, "queued");
        return Rpc.json(runner.deliveries(id).getFirst().getBodyAsString());
    }

    private void end(String id, String command) {
        becomes(id, "queued");
        String document = runner.deliveries(id).getFirst().getBodyAsString();
        assertThat(document).contains(command);
        runner.journal(document, PatchStatus.RUNNING);
        runner.journal(document, PatchStatus.SUCCEEDED);
        becomes(id, "succeeded");
    }
}
