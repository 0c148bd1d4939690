package dev.patchferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchDocument.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchDocumentTest {
    private static final String SEED =
            "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\"}";

    @Test
    void readsTheSeedForm() {
        PatchDocument document = valid(SEED);

        assertThat(document.id()).hasToString("a");
        assertThat(document.workspace()).isEqualTo(WorkspaceName.DEFAULT);
        assertThat(document.dryRun()).isFalse();
    }

    @Test
    void listsEveryFault() {
        assertThat(pointers("""
                {"id": "-x", "role": 1, "target_file": " ", "patch": "p", "format": "magic", "base": {"a/b": "12"}}""")).containsExactlyInAnyOrder("/id", "/role", "/target_file", "/format", "/base/a~1b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"blockId\":\"b(1)\",\"mutations\":[]} | b(1)",
                "{\"version\":\"v1\",\"phases\":[]} | v1",
                "{\"version\":2,\"blockId\":\"b\",\"phases\":[]} | b",
                "{\"patch\":{\"id\":\"inner\",\"mutations\":[]}} | inner",
                "{\"id\":\"outer\",\"patch\":{\"id\":\"inner\",\"mutations\":[]}} | outer"
            })
    void findsTheIdWhereverItStands(String document, String id) {
        assertThat(valid(document).id()).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"test\":\"data\"}", "{}", "{\"id\":\"\",\"patch\":\"x\"}", "{\"id\":null,\"mutations\":[]}"})
    void isInvalidWithoutAUsableId(String document) {
        assertThat(pointers(document)).contains("/id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"dry_run\":true",
                "{\"dryRun\":true",
                "{\"mode\":\"dry-run\"",
                "{\"mode\":\"dry_run\"",
                "{\"mode\":\"Dry-Run\"",
                "{\"mode\":\"dryRun\"",
                "{\"mode\":\"preview\"",
                "{\"patch\":{\"dryRun\":true}",
                "{\"patch\":{\"mode\":\"dry_run\"}"
            })
    void knowsEverySpellingOfADryRun(String beginning) {
        assertThat(valid(beginning + ",\"id\":\"d\"}").dryRun()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"dryrun\":true               | /dryrun    | did you mean `dry_run`",
                "\"dry-run\":true              | /dry-run   | did you mean `dry_run`",
                "\"DRY_RUN\":true              | /DRY_RUN   | did you mean `dry_run`",
                "\"preview\":true              | /preview   | send \"dry_run\": true",
                "\"simulate\":1                | /simulate  | send \"dry_run\": true",
                "\"options\":{\"dry_run\":true} | /options   | at the top of the document",
                "\"mode\":\"append\"            | /mode      | must be dry-run, or auto",
                "\"dry_run\":true,\"dryRun\":false | /dryRun | says other than `dry_run`",
                "\"workspce\":\"other\"         | /workspce  | did you mean `workspace`",
                "\"Workspace\":\"other\"        | /Workspace | did you mean `workspace`",
                "\"wrokspace\":\"other\"        | /wrokspace | did you mean `workspace`",
                "\"proposed\":true             | /proposed  | did you mean `propose`",
                "\"targetFile\":\"a\"           | /targetFile | did you mean `target_file`",
                "\"Base\":{}                  | /Base      | did you mean `base`",
                "\"mutation\":[]              | /mutation  | did you mean `mutations`",
                "\"startLin\":3               | /startLin  | did you mean `start_line`",
                "\"test_only\":true           | /test_only | send \"dry_run\": true",
                "\"execute\":false            | /execute   | send \"dry_run\": true",
                "\"apply\":false              | /apply     | send \"dry_run\": true",
                "\"timeoutS\":3               | /timeoutS  | did you mean `timeout_s`",
                "\"timeout_ms\":3             | /timeout_ms | did you mean `timeout_s`"
            })
    void refusesASlipAndNamesWhatIsMeant(String field, String pointer, String words) {
        Reading reading = read(SEED.substring(0, SEED.length() - 1) + "," + field + "}");
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid -> assertThat(invalid.faults())
                                .singleElement()
                                .satisfies(fault -> assertThat(fault.pointer()).isEqualTo(pointer))
                                .satisfies(fault -> assertThat(fault.detail()).contains(words)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"batch\":\"b\"", "\"purpose\":\"p\"", "\"preview\":false", "\"options\":{}", "\"mode\":\"auto\"",
                "\"roles\":[\"a\"]", "\"forms\":1", "\"runDryCheck\":true", "\"note\":\"n\"", "\"target\":\"all\""
            })
    void storesWhatIsNoSlip(String field) {
        assertThat(read(SEED.substring(0, SEED.length() - 1) + "," + field + "}"))
                .isInstanceOf(Reading.Valid.class);
    }

    @Test
    void takesWhatActsIntoTheHashAndKnowsTheHashOfBefore() {
        PatchDocument plain = valid(SEED);
        PatchDocument placed = valid(SEED.substring(0, SEED.length() - 1) + ",\"start_line\":3}");
        PatchDocument previewed = valid(SEED.substring(0, SEED.length() - 1) + ",\"mode\":\"dry_run\"}");

        assertThat(placed.hash()).isNotEqualTo(plain.hash());
        assertThat(previewed.hash()).isNotEqualTo(plain.hash());
        assertThat(placed.hashUnder(HashRule.FIRST)).isEqualTo(plain.hash());
        assertThat(previewed.hashUnder(HashRule.FIRST)).isEqualTo(plain.hash());
        assertThat(placed.under(HashRule.FIRST).hash()).isEqualTo(plain.hash());
        assertThat(plain.hashUnder(HashRule.FIRST)).isEqualTo(plain.hash());
        PatchDocument merged = valid(SEED.substring(0, SEED.length() - 1) + ",\"merge\":true}");
        assertThat(merged.hash()).isNotEqualTo(plain.hash());
        assertThat(merged.hashUnder(HashRule.FIELD_LIST)).isEqualTo(plain.hash());
        assertThat(placed.hashUnder(HashRule.FIELD_LIST)).isEqualTo(placed.hash());
        assertThat(HashRule.named("3")).contains(HashRule.CURRENT);
        assertThat(HashRule.named(null)).contains(HashRule.CURRENT);
        assertThat(HashRule.named("4")).isEmpty();
    }

    @Test
    void aTimeoutIsContentAndChangesTheHashOfNoOtherDocument() {
        PatchDocument plain = valid(SEED);
        String timed = SEED.substring(0, SEED.length() - 1) + ",\"timeout_s\":60}";

        assertThat(valid(timed).timeoutSeconds()).hasValue(60);
        assertThat(plain.timeoutSeconds()).isEmpty();
        assertThat(valid(timed).hash())
                .isNotEqualTo(plain.hash())
                .isNotEqualTo(valid(timed.replace("60", "61")).hash());
        assertThat(plain.hashUnder(HashRule.FIELD_LIST)).isEqualTo(plain.hash());
        assertThat(plain.rule()).isEqualTo(HashRule.FIELD_LIST);
        assertThat(valid(timed).rule()).isEqualTo(HashRule.CURRENT);
    }

    @Test
    void aDocumentThatWasStoredWithoutATimeoutIsNotTheOneWith() {
        String timed = SEED.substring(0, SEED.length() - 1) + ",\"timeout_s\":60}";

        assertThat(PatchDocument.isContent(
                        SEED.getBytes(StandardCharsets.UTF_8),
                        HashRule.FIELD_LIST,
                        valid(SEED).hash()))
                .isTrue();
        assertThat(PatchDocument.isContent(
                        timed.getBytes(StandardCharsets.UTF_8),
                        HashRule.FIELD_LIST,
                        valid(SEED).hash()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "86401", "1.5", "\"60\"", "true", "1e3", "99999999999"})
    void aTimeoutIsAWholeNumberOfSecondsOfADayAtMost(String value) {
        assertThat(pointers(SEED.substring(0, SEED.length() - 1) + ",\"timeout_s\":" + value + "}"))
                .containsExactly("/timeout_s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"id\":\"a\",} | 1 | 11", "{\"id\":\"a\"}} | 1 | 11", "{\"id\":\"a\",\"id\":\"b\"} | 1 | 15"})
    void S12_saysWhereItIsNotJson(String body, int line, int column) {
        assertThat(read(body)).isInstanceOfSatisfying(Reading.NotJson.class, fault -> {
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.column()).isBetween(column - 1, column + 1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "// note\n{\"id\":\"a\"}", "{\"id\":\"a\u0001\"}"})
    void refusesWhatTheSeedSentBroken(String body) {
        assertThat(read(body)).isInstanceOf(Reading.NotJson.class);
    }

    @Test
    void S12_deepNestingIsNotJsonHere() {
        assertThat(read("{\"id\":\"a\",\"mutations\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"))
                .isInstanceOf(Reading.NotJson.class);
    }

    @Test
    void P30_halfASurrogatePairIsAFault() {
        assertThat(pointers("{\"id\":\"a\",\"role\":\"r\",\"target_file\":\"t\",\"patch\":\"\\ud83d\"}"))
                .containsExactly("/patch");
        assertThat(PatchDocument.read(new byte[] {'{', '"', (byte) 0xC3, '"', '}'}))
                .isInstanceOf(Reading.NotJson.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"patch\":\"true\",\"target_file\":\"t\",\"role\":\"command_patch\",\"id\":\"a\"}",
                "{\"id\":\"b\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"description\":\"why\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"\\u0074rue\",\"other\":[1]}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"workspace\":\"default\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"format\":\"auto\",\"dry_run\":false}"
            })
    void oneContentHasOneHash(String respelled) {
        assertThat(valid(respelled).hash()).isEqualTo(valid(SEED).hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"false\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"u\",\"patch\":\"true\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"dry_run\":true}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"workspace\":\"other\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"format\":\"content\"}",
                "{\"id\":\"a\",\"role\":\"command_patch\",\"target_file\":\"t\",\"patch\":\"true\",\"postMutationBuild\":\"make\"}"
            })
    void otherContentHasAnotherHash(String changed) {
        assertThat(valid(changed).hash()).isNotEqualTo(valid(SEED).hash());
    }

    private static Reading read(String body) {
        return PatchDocument.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static PatchDocument valid(String body) {
        Reading reading = read(body);
        assertThat(reading).isInstanceOf(Reading.Valid.class);
        return ((Reading.Valid) reading).document();
    }

    private static List<String> pointers(String body) {
        Reading reading = read(body);
        assertThat(reading).isInstanceOf(Reading.Invalid.class);
        return ((Reading.Invalid) reading)
                .faults().stream().map(FieldFault::pointer).toList();
    }
}
